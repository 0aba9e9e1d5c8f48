package dev.servicebus.client.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.ConnectionListener;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.WorkQueue;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.error.ErrorMapper;
import dev.servicebus.client.error.Recovery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the one connection of a client through all its lives. It connects when somebody
 * needs it and reconnects while somebody does; nobody else ever does either.
 */
public final class ConnectionOwner {

	/** The longest delay between two attempts to connect. */
	static final Duration MAX_DELAY = Duration.ofSeconds(10);

	/** The delay after the broker has refused who we are: trying fast cannot help. */
	private static final Duration REFUSED_DELAY = Duration.ofSeconds(5);

	/** A connection that lasts this long counts as sound even without any work. */
	private static final Duration STABLE_AFTER = Duration.ofSeconds(30);

	private static final Logger logger = LoggerFactory.getLogger(ConnectionOwner.class);

	private final EventLoop loop;

	private final Dialer dialer;

	private final Claims.Factory claimsFactory;

	private final RandomGenerator random;

	private final BackOff backOff;

	private final WorkQueue work;

	private final Set<Dependent> dependents = new LinkedHashSet<>();

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private @Nullable AmqpConnection connection;

	private @Nullable ConnectionLife life;

	private EventLoop.@Nullable Timer timer;

	private boolean closing;

	/**
	 * Makes an owner that is not connected.
	 * @param loop the loop that owns the connection in all its lives
	 * @param dialer opens a connection
	 * @param claimsFactory makes what claims rights on a new connection
	 * @param random the part of every delay that is left to chance
	 */
	public ConnectionOwner(EventLoop loop, Dialer dialer, Claims.Factory claimsFactory, RandomGenerator random) {
		this.loop = loop;
		this.dialer = dialer;
		this.claimsFactory = claimsFactory;
		this.random = random;
		this.backOff = new BackOff(MAX_DELAY, random);
		this.work = new WorkQueue(loop, () -> {
		}, (failure) -> logger.error("A task of the Service Bus client failed", failure));
	}

	public EventLoop loop() {
		return this.loop;
	}

	/**
	 * Runs a task on the loop. Thread-safe.
	 */
	public void execute(Runnable task) {
		this.work.submit(task);
	}

	BackOff newBackOff(Duration limit) {
		return new BackOff(limit, this.random);
	}

	/**
	 * Somebody needs the connection from now on. If it is up, the dependent is told
	 * before this returns.
	 */
	void add(Dependent dependent) {
		if (!this.dependents.add(dependent)) {
			return;
		}
		if (this.closing) {
			this.loop.execute(this::endDependents);
		}
		else if (this.life != null) {
			dependent.connectionUp(this.life);
		}
		else if (this.connection == null && this.timer == null) {
			connect();
		}
	}

	/**
	 * Somebody does not need the connection any more.
	 */
	void remove(Dependent dependent) {
		this.dependents.remove(dependent);
	}

	private boolean isNeeded(String entityPath) {
		return this.dependents.stream().anyMatch((dependent) -> dependent.entityPath().equals(entityPath));
	}

	/**
	 * The connection has been of use: the next loss is repaired without delay.
	 */
	void usefulWork() {
		this.backOff.usefulWork();
	}

	/**
	 * Closes the connection for good.
	 * @return completes on the loop when it is closed
	 */
	public CompletableFuture<Void> close() {
		if (!this.closing) {
			this.closing = true;
			cancelTimer();
			if (this.connection != null) {
				this.connection.close(null);
			}
			else {
				endDependents();
				this.closed.complete(null);
			}
		}
		return this.closed;
	}

	/**
	 * Whoever still waits for the connection waits in vain.
	 */
	private void endDependents() {
		LinkFailure failure = new LinkFailure(
				new ServiceBusException(ErrorContext.of("connect", null).withDescription("the client is closed")),
				Recovery.FATAL);
		for (Dependent dependent : new ArrayList<>(this.dependents)) {
			dependent.connectionDown(failure);
		}
	}

	private void connect() {
		cancelTimer();
		if (this.closing || this.dependents.isEmpty()) {
			return;
		}
		this.connection = this.dialer.dial(this.loop, new Listener());
	}

	private void up(AmqpConnection opened) {
		logger.debug("Connected to {}", opened.peer().containerId());
		ConnectionLife newLife = new ConnectionLife(opened, this.claimsFactory.create(opened, this::isNeeded),
				this.dialer.linksPerSession());
		this.life = newLife;
		this.timer = this.loop.schedule(STABLE_AFTER, this::stable);
		for (Dependent dependent : new ArrayList<>(this.dependents)) {
			if (this.life == newLife) {
				dependent.connectionUp(newLife);
			}
		}
	}

	private void stable() {
		this.timer = null;
		usefulWork();
	}

	private void down(ConnectionListener.CloseReason reason) {
		this.connection = null;
		cancelTimer();
		if (this.life != null) {
			this.life.end();
			this.life = null;
		}
		if (this.closing) {
			endDependents();
			this.closed.complete(null);
			return;
		}
		Recovery recovery = Recovery.of(reason);
		LinkFailure failure = new LinkFailure(ErrorMapper.ofConnectionEnd(ErrorContext.of("connect", null), reason),
				recovery);
		Duration delay = (recovery == Recovery.CONNECTION) ? this.backOff.next() : this.backOff.next(REFUSED_DELAY);
		logger.debug("Disconnected, next attempt in {}: {}", delay, failure.exception().getMessage());
		this.timer = this.loop.schedule(delay, this::connect);
		for (Dependent dependent : new ArrayList<>(this.dependents)) {
			dependent.connectionDown(failure);
		}
	}

	private void cancelTimer() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	/**
	 * Opens connections.
	 */
	public interface Dialer {

		AmqpConnection dial(EventLoop loop, ConnectionListener listener);

		/**
		 * How many links share a session: attaching takes longer the more links a session
		 * has, and a session of its own for every link would use up the channels.
		 */
		default int linksPerSession() {
			return 100;
		}

	}

	/**
	 * Somebody who needs the connection.
	 */
	interface Dependent {

		/**
		 * The entity that the connection is needed for.
		 */
		String entityPath();

		/**
		 * There is a connection.
		 */
		void connectionUp(ConnectionLife newLife);

		/**
		 * The connection is lost, or could not be made. Links of it have been told
		 * before.
		 */
		void connectionDown(LinkFailure failure);

	}

	private final class Listener implements ConnectionListener {

		@Override
		public void onOpened(AmqpConnection opened) {
			up(opened);
		}

		@Override
		public void onClosed(AmqpConnection ended, CloseReason reason) {
			down(reason);
		}

	}

}
