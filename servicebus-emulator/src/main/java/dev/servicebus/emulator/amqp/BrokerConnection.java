package dev.servicebus.emulator.amqp;

import java.util.UUID;

import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.ConnectionListener;
import dev.servicebus.amqp.endpoint.SessionListener;
import dev.servicebus.amqp.sasl.SaslAuthenticator;
import dev.servicebus.emulator.amqp.fault.ConnectionFaults;
import dev.servicebus.emulator.amqp.transaction.ClientTransactions;
import dev.servicebus.emulator.frame.FrameTaps;
import dev.servicebus.emulator.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a client: what it has shown, and the nodes it sees.
 */
final class BrokerConnection implements ConnectionListener {

	private static final Logger logger = LoggerFactory.getLogger(BrokerConnection.class);

	private final SaslAuthenticator sasl;

	private final AuthorizedLinks authorizedLinks;

	private final SessionListener links;

	private final ConnectionSet connections;

	private final ConnectionFaults faults;

	private final FrameTaps frames;

	BrokerConnection(BrokerContext context, ConnectionSet connections, ConnectionFaults faults, FrameTaps frames) {
		Grants grants = new Grants(context.clock());
		EntityAccess access = new EntityAccess(context.namespace(), grants);
		CbsNode cbs = new CbsNode(context.authority(), grants, access, context.loop().clock());
		this.sasl = faults.around(new SaslDoor(context.authority(), grants));
		this.authorizedLinks = new AuthorizedLinks(grants, context.timers());
		ClientHoldings holdings = new ClientHoldings(new SessionHoldings(),
				new ClientTransactions(new Transactions(context.timers(), UUID::randomUUID)));
		this.links = faults
			.around(new LinkRouter(new EntityLinks(access, this.authorizedLinks, holdings, context.clock()),
					new RequestNodes(context, access, holdings, cbs), holdings.transactions()));
		this.connections = connections;
		this.faults = faults;
		this.frames = frames;
	}

	SaslAuthenticator authenticator() {
		return this.sasl;
	}

	@Override
	public void onConnected(AmqpConnection connection) {
		this.frames.connected(connection);
	}

	@Override
	public void onOpened(AmqpConnection connection) {
		logger.debug("Client {} has connected with {}", connection.peer().containerId(), connection.identity());
		this.connections.add(connection);
		this.faults.opened(connection);
	}

	@Override
	public SessionListener onSessionBegun(AmqpSession session) {
		return this.links;
	}

	@Override
	public void onClosed(AmqpConnection connection, CloseReason reason) {
		logger.debug("A client has gone: {}", reason);
		this.frames.closed(connection);
		this.authorizedLinks.close();
		this.connections.remove(connection);
	}

}
