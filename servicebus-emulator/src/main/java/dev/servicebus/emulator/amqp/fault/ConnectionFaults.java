package dev.servicebus.emulator.amqp.fault;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.SessionListener;
import dev.servicebus.amqp.sasl.SaslAuthenticator;
import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.fault.FaultAction;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.emulator.fault.FaultPoint;
import org.jspecify.annotations.Nullable;

/**
 * The faults of one connection: asks at each point whether one is due, and makes it
 * happen.
 */
public final class ConnectionFaults {

	private static final Executor NOBODY = (answer) -> {
	};

	private final FaultControl control;

	private final List<WatchedLink> links = new ArrayList<>();

	private final Set<AmqpSession> sessions = new LinkedHashSet<>();

	private boolean windowsClosed;

	private @Nullable FaultyChannel channel;

	private @Nullable AmqpConnection connection;

	ConnectionFaults(FaultControl control) {
		this.control = control;
	}

	/**
	 * Stands between the channel and the engine.
	 */
	public ByteChannelHandler around(ByteChannelHandler engine) {
		this.channel = new FaultyChannel(engine, this);
		return this.channel;
	}

	/**
	 * Stands before the broker's authentication.
	 */
	public SaslAuthenticator around(SaslAuthenticator authenticator) {
		return new FaultyAuthenticator(authenticator, this);
	}

	/**
	 * Stands between the sessions and the broker.
	 */
	public SessionListener around(SessionListener links) {
		return new FaultySession(links, this);
	}

	/**
	 * The client has opened the connection.
	 */
	public void opened(AmqpConnection opened) {
		this.connection = opened;
		pass(FaultPoint.OPEN, "", "", new Passage() {
			@Override
			public void goOn(Executor answers) {
			}

			@Override
			public void refuse(FaultError error) {
				opened.close(toAmqp(error));
			}

			@Override
			public void detach(FaultError error) {
				refuse(error);
			}
		});
	}

	void connected() {
		this.control.add(this);
		FaultAction action = isQuiet() ? null : this.control.rules().next(FaultPoint.CONNECT, "", "");
		if (action instanceof FaultAction.BlackHole || action instanceof FaultAction.Ignore
				|| action instanceof FaultAction.SwallowAnswer) {
			blackHole();
		}
		else if (action != null) {
			drop();
		}
	}

	void closed() {
		this.control.remove(this);
		this.links.clear();
		this.sessions.clear();
	}

	/**
	 * Whether nothing can go wrong, so that nobody has to ask.
	 */
	boolean isQuiet() {
		return this.control.rules().isEmpty();
	}

	/**
	 * Lets a client have what it wants, unless a fault is due.
	 */
	void pass(FaultPoint point, String entity, String operation, Passage passage) {
		FaultAction action = isQuiet() ? null : this.control.rules().next(point, entity, operation);
		if (action == null) {
			passage.goOn(Runnable::run);
		}
		else if (action instanceof FaultAction.Refuse refuse) {
			passage.refuse(refuse.error());
		}
		else if (action instanceof FaultAction.Detach detach) {
			passage.detach(detach.error());
		}
		else if (action instanceof FaultAction.SwallowAnswer) {
			passage.goOn(NOBODY);
		}
		else if (action instanceof FaultAction.DelayAnswer late) {
			passage.goOn((answer) -> this.control.timers()
				.schedule(this.control.timers().now() + late.delay().toMillis(), answer));
		}
		else {
			passOnConnection(action, passage);
		}
	}

	private void passOnConnection(FaultAction action, Passage passage) {
		if (action instanceof FaultAction.CloseConnection close) {
			close(close.error());
		}
		else if (action instanceof FaultAction.EndSessions end) {
			endSessions(end.error());
		}
		else if (action instanceof FaultAction.DropConnection) {
			drop();
		}
		else if (action instanceof FaultAction.DropInsteadOfAnswering) {
			passage.goOn(NOBODY);
			drop();
		}
		else if (action instanceof FaultAction.BlackHole) {
			blackHole();
		}
	}

	void watch(LinkPlace place, AmqpLink link) {
		this.links.removeIf((watched) -> !watched.link().isOpen());
		this.links.add(new WatchedLink(place, link));
	}

	/**
	 * A session is in use.
	 */
	void watch(AmqpSession session) {
		this.sessions.removeIf((watched) -> !watched.isOpen());
		this.sessions.add(session);
		if (this.windowsClosed) {
			session.closeWindow();
		}
	}

	void endSessions(FaultError error) {
		List.copyOf(this.sessions).forEach((session) -> session.end(toAmqp(error)));
	}

	void closeWindows() {
		this.windowsClosed = true;
		this.sessions.forEach(AmqpSession::closeWindow);
	}

	void drop() {
		if (this.channel != null) {
			this.channel.drop();
		}
	}

	void blackHole() {
		if (this.channel != null) {
			this.channel.blackHole();
		}
	}

	void heal() {
		if (this.windowsClosed) {
			drop();
		}
		if (this.channel != null) {
			this.channel.heal();
		}
	}

	void close(FaultError error) {
		if (this.connection != null) {
			this.connection.close(toAmqp(error));
		}
		else {
			drop();
		}
	}

	void detachLinks(String entity, FaultError error) {
		for (WatchedLink watched : List.copyOf(this.links)) {
			if (watched.place().entity().equalsIgnoreCase(entity)) {
				watched.link().close(toAmqp(error));
			}
		}
	}

	void forgetLinks(String entity) {
		for (WatchedLink watched : List.copyOf(this.links)) {
			if (watched.place().entity().equalsIgnoreCase(entity) && !watched.place().isNode()) {
				watched.link().forget();
			}
		}
	}

	static AmqpError toAmqp(FaultError error) {
		return AmqpError.of(Symbol.of(error.condition()), error.description());
	}

	private record WatchedLink(LinkPlace place, AmqpLink link) {

	}

}
