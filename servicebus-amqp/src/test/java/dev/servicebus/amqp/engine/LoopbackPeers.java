package dev.servicebus.amqp.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.ConnectionOptions;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.Role;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.ConnectionListener;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.amqp.endpoint.OutgoingDelivery;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.amqp.endpoint.SenderLink;
import dev.servicebus.amqp.endpoint.SessionListener;
import dev.servicebus.amqp.sasl.Mechanisms;
import dev.servicebus.amqp.sasl.SaslAuthenticator;
import dev.servicebus.amqp.sasl.SaslCredentials;
import dev.servicebus.amqp.sasl.SaslIdentity;
import dev.servicebus.amqp.simulation.SimulatedNetwork;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * A connecting and an accepting side in one simulated network. Both note what they hear.
 */
public final class LoopbackPeers {

	public static final int PORT = 5672;

	public final SimulatedNetwork network;

	public final EventLoop serverLoop;

	public final EventLoop clientLoop;

	public final List<AmqpConnection> accepted = new ArrayList<>();

	public final List<IncomingLink> attaches = new ArrayList<>();

	public final Events events = new Events();

	public final Events serverEvents = new Events();

	public SaslAuthenticator authenticator = new AcceptEverybody();

	/** How the accepting side answers an attach; by default it accepts it as it is. */
	public Consumer<IncomingLink> onAttach = this::acceptAsIs;

	public LoopbackPeers(SimulatedNetwork network) {
		this.network = network;
		this.serverLoop = network.nextLoop();
		this.clientLoop = network.nextLoop();
		network.bind(this.serverLoop, "localhost", PORT, AmqpEngine.acceptor(this.serverLoop,
				ConnectionOptions.of("server"), () -> this.authenticator, ServerListener::new));
	}

	public AmqpConnection connect() {
		return connect(ConnectionOptions.of("client").withHostname("localhost"), SaslCredentials.anonymous());
	}

	public AmqpConnection connect(ConnectionOptions options, SaslCredentials credentials) {
		return AmqpEngine.connect(this.network, this.clientLoop, ConnectTarget.plain("localhost", PORT),
				Duration.ofSeconds(5), options, credentials, this.events);
	}

	public void run() {
		this.network.time().runUntilIdle();
	}

	public void onClient(Runnable task) {
		this.network.time().runOn(this.clientLoop, task);
	}

	public void onServer(Runnable task) {
		this.network.time().runOn(this.serverLoop, task);
	}

	public void acceptAsIs(IncomingLink link) {
		if (link.role() == Role.SENDER) {
			link.acceptSender(link.attach(), this.serverEvents);
		}
		else {
			ReceiverLink receiver = link.acceptReceiver(link.attach().withMaxMessageSize(1000), this.serverEvents);
			receiver.addCredit(100);
		}
	}

	private final class ServerListener implements ConnectionListener {

		@Override
		public void onOpened(AmqpConnection connection) {
			LoopbackPeers.this.accepted.add(connection);
		}

		@Override
		public SessionListener onSessionBegun(AmqpSession session) {
			return new SessionListener() {
				@Override
				public void onAttach(IncomingLink link) {
					LoopbackPeers.this.attaches.add(link);
					LoopbackPeers.this.onAttach.accept(link);
				}
			};
		}

		@Override
		public void onClosed(AmqpConnection connection, CloseReason reason) {
			LoopbackPeers.this.serverEvents.onClosed(connection, reason);
		}

	}

	/**
	 * Everything one side has heard.
	 */
	public static final class Events implements ConnectionListener, SenderLink.Listener, ReceiverLink.Listener {

		public final List<CloseReason> closed = new ArrayList<>();

		public final List<AmqpLink> opened = new ArrayList<>();

		public final List<AmqpLink.LinkEnd> ended = new ArrayList<>();

		public final List<IncomingDelivery> deliveries = new ArrayList<>();

		public final List<@Nullable DeliveryState> outcomes = new ArrayList<>();

		public int connectionOpened;

		public int drained;

		public int flows;

		public int drainRequests;

		/** Sends something before a drain is answered. */
		public Consumer<SenderLink> beforeDrained = (link) -> {
		};

		@Override
		public void onOpened(AmqpConnection connection) {
			this.connectionOpened++;
		}

		@Override
		public void onClosed(AmqpConnection connection, CloseReason reason) {
			this.closed.add(reason);
		}

		@Override
		public void onOpened(SenderLink link) {
			this.opened.add(link);
		}

		@Override
		public void onOpened(ReceiverLink link) {
			this.opened.add(link);
		}

		@Override
		public void onClosed(AmqpLink link, AmqpLink.LinkEnd end) {
			this.ended.add(end);
		}

		@Override
		public void onCredit(SenderLink link) {
			if (link.isDraining()) {
				this.drainRequests++;
				this.beforeDrained.accept(link);
				link.drained();
			}
		}

		@Override
		public void onDisposition(SenderLink link, OutgoingDelivery delivery, @Nullable DeliveryState state,
				boolean settled) {
			this.outcomes.add(state);
		}

		@Override
		public void onDelivery(ReceiverLink link, IncomingDelivery delivery) {
			this.deliveries.add(delivery);
		}

		@Override
		public void onDisposition(ReceiverLink link, IncomingDelivery delivery, @Nullable DeliveryState state,
				boolean settled) {
			this.outcomes.add(state);
		}

		@Override
		public void onFlow(ReceiverLink link) {
			this.flows++;
		}

		@Override
		public void onDrained(ReceiverLink link) {
			this.drained++;
		}

	}

	private static final class AcceptEverybody implements SaslAuthenticator {

		@Override
		public List<String> mechanisms() {
			return List.of(Mechanisms.ANONYMOUS, Mechanisms.PLAIN);
		}

		@Override
		public SaslIdentity authenticate(String mechanism, byte[] response) {
			return new SaslIdentity(mechanism, null);
		}

	}

	public static AmqpError error(String condition) {
		return new AmqpError(Symbol.of(condition), "as scripted", Map.of());
	}

	public static Attach attach(String name) {
		return Attach.sender(name, Terminus.Source.of("me"), new Terminus.Target("queue"));
	}

}
