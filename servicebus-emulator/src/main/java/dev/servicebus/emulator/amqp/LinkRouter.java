package dev.servicebus.emulator.amqp;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.Role;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.amqp.endpoint.SessionListener;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import dev.servicebus.emulator.amqp.transaction.ClientTransactions;
import dev.servicebus.emulator.amqp.transaction.CoordinatorLink;
import dev.servicebus.emulator.entity.EntityAddress;
import dev.servicebus.emulator.store.BrokerException;
import org.jspecify.annotations.Nullable;

/**
 * Brings each link of a connection to the node that its address names, or refuses it.
 */
final class LinkRouter implements SessionListener {

	private final EntityLinks entities;

	private final RequestNodes requests;

	private final ClientTransactions transactions;

	LinkRouter(EntityLinks entities, RequestNodes requests, ClientTransactions transactions) {
		this.entities = entities;
		this.requests = requests;
		this.transactions = transactions;
	}

	@Override
	public void onAttach(IncomingLink link) {
		try {
			route(link);
		}
		catch (BrokerException ex) {
			link.refuse(Failure.of(ex.error()).error(ex.getMessage()));
		}
		catch (RefusedException ex) {
			link.refuse(ex.failure().error(ex.getMessage()));
		}
	}

	private void route(IncomingLink link) {
		if (link.role() == Role.RECEIVER && link.attach().target() instanceof Terminus.Coordinator) {
			CoordinatorLink.open(link, this.transactions);
			return;
		}
		EntityAddress address = EntityAddress.parse(address(link));
		boolean clientReceives = link.role() == Role.SENDER;
		if (CbsNode.ADDRESS.equalsIgnoreCase(address.entity())) {
			this.requests.openCbs(link);
		}
		else if (address.management()) {
			this.requests.openManagement(link, address);
		}
		else if (clientReceives) {
			this.entities.openConsumer(link, address);
		}
		else {
			this.entities.openPublisher(link, address);
		}
	}

	private static String address(IncomingLink link) {
		Attach attach = link.attach();
		String address = (link.role() == Role.SENDER) ? sourceAddress(attach) : targetAddress(attach);
		if (address == null) {
			throw new RefusedException(Failure.NOT_ALLOWED,
					"The link '" + attach.name() + "' must name the entity in its address.");
		}
		return address;
	}

	private static @Nullable String sourceAddress(Attach attach) {
		return (attach.source() != null) ? attach.source().address() : null;
	}

	private static @Nullable String targetAddress(Attach attach) {
		return (attach.target() instanceof Terminus.Target target) ? target.address() : null;
	}

}
