package dev.servicebus.listener;

import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.retry.RetryOptions;

/**
 * How a listener container works. Immutable; takes effect at the start of the container.
 *
 * @param concurrency how many messages are handled at once
 * @param prefetch how many messages may wait in the container beside those that are being
 * handled, 0 to 5000; their locks are renewed, too
 * @param sessions whether and how sessions are worked on
 * @param batch which messages make a batch, for listeners that take batches; there the
 * concurrency counts batches
 * @param settlement who settles the messages
 * @param transactional whether what the template sends on the listener's thread, and how
 * the message is settled, are done as a whole; needs {@link SettlementMode#AUTO}
 * @param maxLockRenewal how long the lock of a message is renewed while it is not
 * settled, waits between attempts included; {@link Duration#ZERO} for not at all
 * @param retry how often a message is handed to the listener, and how long to wait before
 * each repetition
 * @param failures what else to do with messages that could not be handled
 * @param shutdownTimeout how long a stop waits for listeners that are still busy
 * @param autoStartup whether the container starts with the application
 * @param startupPolicy what to do when it cannot receive at its start
 * @param startupTimeout how long {@link StartupPolicy#FAIL} waits
 * @param idleEventInterval how long no message has to come before the container is
 * reported as idle, which happens up to the same time later; {@link Duration#ZERO} for
 * never
 * @param stuckAfter how long a listener may be busy with a message before that is
 * reported, with its stack, which happens up to a quarter of the time later;
 * {@link Duration#ZERO} for never
 * @param phase when the container starts and stops relative to other beans: a higher
 * phase starts later and stops earlier
 */
public record ListenerOptions(Concurrency concurrency, int prefetch, SessionOptions sessions, BatchOptions batch,
		SettlementMode settlement, boolean transactional, Duration maxLockRenewal, RetryOptions retry,
		FailureOptions failures, Duration shutdownTimeout, boolean autoStartup, StartupPolicy startupPolicy,
		Duration startupTimeout, Duration idleEventInterval, Duration stuckAfter, int phase) {

	/** One message at a time. */
	public static final Concurrency DEFAULT_CONCURRENCY = Concurrency.of(1);

	/** No message waits in the container. */
	public static final int DEFAULT_PREFETCH = 0;

	/** The listener is not one of sessions. */
	public static final SessionOptions DEFAULT_SESSIONS = SessionOptions.DISABLED;

	/** Up to 100 messages that arrive within a second. */
	public static final BatchOptions DEFAULT_BATCH = BatchOptions.DEFAULT;

	/** The container completes what its listener has handled. */
	public static final SettlementMode DEFAULT_SETTLEMENT = SettlementMode.AUTO;

	/**
	 * Longer than a listener should take, so that a message is not given to somebody else
	 * while it is handled, but not for ever, so that a listener that hangs does not keep
	 * it.
	 */
	public static final Duration DEFAULT_MAX_LOCK_RENEWAL = Duration.ofHours(1);

	/** Four attempts, with 1, 2 and 4 seconds between them, each shortened by chance. */
	public static final RetryOptions DEFAULT_RETRY = RetryOptions.builder()
		.maxAttempts(4)
		.delay(Duration.ofSeconds(1))
		.maxDelay(Duration.ofMinutes(1))
		.build();

	/**
	 * Below the 30 seconds that Spring Boot gives a shutdown phase. A context without
	 * Boot only waits for 10.
	 */
	public static final Duration DEFAULT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(25);

	/** An application starts although its entity cannot be reached. */
	public static final StartupPolicy DEFAULT_STARTUP_POLICY = StartupPolicy.RETRY;

	/** How long {@link StartupPolicy#FAIL} waits. */
	public static final Duration DEFAULT_STARTUP_TIMEOUT = Duration.ofSeconds(30);

	/** Containers are not reported as idle. */
	public static final Duration DEFAULT_IDLE_EVENT_INTERVAL = Duration.ZERO;

	/** Longer than most listeners take. */
	public static final Duration DEFAULT_STUCK_AFTER = Duration.ofMinutes(10);

	/** After nearly everything else has started, and before it stops. */
	public static final int DEFAULT_PHASE = Integer.MAX_VALUE - 100;

	public ListenerOptions {
		Objects.requireNonNull(concurrency, "concurrency");
		requireNotNegative("prefetch", prefetch);
		if (prefetch > ReceiverOptions.MAX_PREFETCH) {
			throw new IllegalArgumentException(
					"prefetch must not be above " + ReceiverOptions.MAX_PREFETCH + " but is " + prefetch);
		}
		Objects.requireNonNull(sessions, "sessions");
		Objects.requireNonNull(batch, "batch");
		Objects.requireNonNull(settlement, "settlement");
		requireNotNegative("maxLockRenewal", maxLockRenewal);
		Objects.requireNonNull(retry, "retry");
		Objects.requireNonNull(failures, "failures");
		requireNotNegative("shutdownTimeout", shutdownTimeout);
		Objects.requireNonNull(startupPolicy, "startupPolicy");
		requireNotNegative("startupTimeout", startupTimeout);
		requireNotNegative("idleEventInterval", idleEventInterval);
		requireNotNegative("stuckAfter", stuckAfter);
		if (transactional && settlement != SettlementMode.AUTO) {
			throw new IllegalArgumentException(
					"a transactional listener needs settlement AUTO, but settlement is " + settlement);
		}
		if (sessions.enabled() && failures.retryQueue() != null) {
			throw new IllegalArgumentException(
					"a listener that takes sessions cannot have a retry queue, in which their"
							+ " order would be lost, but has '" + failures.retryQueue() + "'");
		}
		if (settlement == SettlementMode.RECEIVE_AND_DELETE && failures.retryQueue() != null) {
			throw new IllegalArgumentException("settlement RECEIVE_AND_DELETE and a retry queue contradict each other:"
					+ " what is deleted on delivery cannot be moved to '" + failures.retryQueue() + "'");
		}
		if (settlement == SettlementMode.RECEIVE_AND_DELETE && prefetch > 0) {
			throw new IllegalArgumentException("prefetch must be 0 with settlement RECEIVE_AND_DELETE, since messages"
					+ " that wait in the container would be lost with it, but is " + prefetch);
		}
	}

	public static Builder builder() {
		return new Builder();
	}

	/**
	 * A builder that begins with these options.
	 */
	public Builder mutate() {
		return new Builder(this);
	}

	private static void requireNotNegative(String name, int value) {
		if (value < 0) {
			throw new IllegalArgumentException(name + " must not be negative but is " + value);
		}
	}

	private static void requireNotNegative(String name, Duration value) {
		Objects.requireNonNull(value, name);
		if (value.isNegative()) {
			throw new IllegalArgumentException(name + " must not be negative but is " + value);
		}
	}

	/**
	 * Builds {@link ListenerOptions}. Not thread-safe.
	 */
	public static final class Builder {

		private Concurrency concurrency = DEFAULT_CONCURRENCY;

		private int prefetch = DEFAULT_PREFETCH;

		private SessionOptions sessions = DEFAULT_SESSIONS;

		private BatchOptions batch = DEFAULT_BATCH;

		private SettlementMode settlement = DEFAULT_SETTLEMENT;

		private boolean transactional;

		private Duration maxLockRenewal = DEFAULT_MAX_LOCK_RENEWAL;

		private RetryOptions retry = DEFAULT_RETRY;

		private FailureOptions failures = FailureOptions.DEFAULTS;

		private Duration shutdownTimeout = DEFAULT_SHUTDOWN_TIMEOUT;

		private boolean autoStartup = true;

		private StartupPolicy startupPolicy = DEFAULT_STARTUP_POLICY;

		private Duration startupTimeout = DEFAULT_STARTUP_TIMEOUT;

		private Duration idleEventInterval = DEFAULT_IDLE_EVENT_INTERVAL;

		private Duration stuckAfter = DEFAULT_STUCK_AFTER;

		private int phase = DEFAULT_PHASE;

		private Builder() {
		}

		private Builder(ListenerOptions options) {
			this.concurrency = options.concurrency;
			this.prefetch = options.prefetch;
			this.sessions = options.sessions;
			this.batch = options.batch;
			this.settlement = options.settlement;
			this.transactional = options.transactional;
			this.maxLockRenewal = options.maxLockRenewal;
			this.retry = options.retry;
			this.failures = options.failures;
			this.shutdownTimeout = options.shutdownTimeout;
			this.autoStartup = options.autoStartup;
			this.startupPolicy = options.startupPolicy;
			this.startupTimeout = options.startupTimeout;
			this.idleEventInterval = options.idleEventInterval;
			this.stuckAfter = options.stuckAfter;
			this.phase = options.phase;
		}

		/** See {@link ListenerOptions#concurrency()}. */
		public Builder concurrency(Concurrency newConcurrency) {
			this.concurrency = newConcurrency;
			return this;
		}

		/** See {@link ListenerOptions#concurrency()}. */
		public Builder concurrency(int newConcurrency) {
			return concurrency(Concurrency.of(newConcurrency));
		}

		/** See {@link ListenerOptions#prefetch()}. */
		public Builder prefetch(int newPrefetch) {
			this.prefetch = newPrefetch;
			return this;
		}

		/** See {@link ListenerOptions#sessions()}. */
		public Builder sessions(SessionOptions newSessions) {
			this.sessions = newSessions;
			return this;
		}

		/** Changes the session options that are set so far. */
		public Builder sessions(UnaryOperator<SessionOptions> change) {
			this.sessions = change.apply(this.sessions);
			return this;
		}

		/** See {@link ListenerOptions#batch()}. */
		public Builder batch(UnaryOperator<BatchOptions> change) {
			this.batch = change.apply(this.batch);
			return this;
		}

		/** See {@link ListenerOptions#settlement()}. */
		public Builder settlement(SettlementMode newSettlement) {
			this.settlement = newSettlement;
			return this;
		}

		/** See {@link ListenerOptions#transactional()}. */
		public Builder transactional(boolean newTransactional) {
			this.transactional = newTransactional;
			return this;
		}

		/** See {@link ListenerOptions#maxLockRenewal()}. */
		public Builder maxLockRenewal(Duration newMaxLockRenewal) {
			this.maxLockRenewal = newMaxLockRenewal;
			return this;
		}

		/** See {@link ListenerOptions#retry()}. */
		public Builder retry(RetryOptions newRetry) {
			this.retry = newRetry;
			return this;
		}

		/** Changes the retry options that are set so far. */
		public Builder retry(UnaryOperator<RetryOptions> change) {
			this.retry = change.apply(this.retry);
			return this;
		}

		/** Changes the failure options that are set so far. */
		public Builder failures(UnaryOperator<FailureOptions> change) {
			this.failures = change.apply(this.failures);
			return this;
		}

		/** See {@link ListenerOptions#shutdownTimeout()}. */
		public Builder shutdownTimeout(Duration newShutdownTimeout) {
			this.shutdownTimeout = newShutdownTimeout;
			return this;
		}

		/** See {@link ListenerOptions#autoStartup()}. */
		public Builder autoStartup(boolean newAutoStartup) {
			this.autoStartup = newAutoStartup;
			return this;
		}

		/** See {@link ListenerOptions#startupPolicy()}. */
		public Builder startupPolicy(StartupPolicy newStartupPolicy) {
			this.startupPolicy = newStartupPolicy;
			return this;
		}

		/** See {@link ListenerOptions#startupTimeout()}. */
		public Builder startupTimeout(Duration newStartupTimeout) {
			this.startupTimeout = newStartupTimeout;
			return this;
		}

		/** See {@link ListenerOptions#idleEventInterval()}. */
		public Builder idleEventInterval(Duration newIdleEventInterval) {
			this.idleEventInterval = newIdleEventInterval;
			return this;
		}

		/** See {@link ListenerOptions#stuckAfter()}. */
		public Builder stuckAfter(Duration newStuckAfter) {
			this.stuckAfter = newStuckAfter;
			return this;
		}

		/** See {@link ListenerOptions#phase()}. */
		public Builder phase(int newPhase) {
			this.phase = newPhase;
			return this;
		}

		/**
		 * Builds the options.
		 * @throws IllegalArgumentException if a value is out of its range, or two of them
		 * contradict each other
		 */
		public ListenerOptions build() {
			return new ListenerOptions(this.concurrency, this.prefetch, this.sessions, this.batch, this.settlement,
					this.transactional, this.maxLockRenewal, this.retry, this.failures, this.shutdownTimeout,
					this.autoStartup, this.startupPolicy, this.startupTimeout, this.idleEventInterval, this.stuckAfter,
					this.phase);
		}

	}

}
