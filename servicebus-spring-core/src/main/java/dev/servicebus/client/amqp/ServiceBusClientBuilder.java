package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.netty.NettyNetwork;
import dev.servicebus.client.auth.ConnectionString;
import dev.servicebus.client.auth.InvalidConnectionStringException;
import dev.servicebus.client.auth.TokenProvider;
import dev.servicebus.client.retry.RetryOptions;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ServiceBusClient}. What is needed is either a connection string, or a
 * namespace and a credential. Not thread-safe.
 */
public final class ServiceBusClientBuilder {

	/** For resolving, connecting and TLS, for a token, and for putting it, each. */
	public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(30);

	private static final int TLS_PORT = 5671;

	private static final int PLAIN_PORT = 5672;

	private static final String USER_AGENT = "servicebus-spring";

	private @Nullable ConnectionString connectionString;

	private @Nullable String namespace;

	private @Nullable TokenProvider credential;

	private RetryOptions retryOptions = RetryOptions.defaults();

	private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;

	private @Nullable String applicationId;

	private @Nullable Network network;

	private @Nullable Executor executor;

	private @Nullable RandomGenerator random;

	ServiceBusClientBuilder() {
	}

	/**
	 * Connects to where a connection string leads, with its credential.
	 * @throws InvalidConnectionStringException if it cannot be used
	 */
	public ServiceBusClientBuilder connectionString(String text) {
		this.connectionString = ConnectionString.parse(text);
		return this;
	}

	/**
	 * Connects to a namespace, for example {@code orders.servicebus.windows.net}.
	 */
	public ServiceBusClientBuilder fullyQualifiedNamespace(String host) {
		this.namespace = Objects.requireNonNull(host, "host");
		return this;
	}

	/**
	 * Where tokens come from. Overrides the credential of a connection string.
	 */
	public ServiceBusClientBuilder credential(TokenProvider tokens) {
		this.credential = Objects.requireNonNull(tokens, "tokens");
		return this;
	}

	/**
	 * How failed operations are tried again. Default: {@link RetryOptions#defaults()}. An
	 * operation ends within {@link RetryOptions#tryTimeout()}, all attempts included.
	 */
	public ServiceBusClientBuilder retryOptions(RetryOptions options) {
		this.retryOptions = Objects.requireNonNull(options, "options");
		return this;
	}

	/**
	 * How long connecting may take. Default: {@link #DEFAULT_CONNECT_TIMEOUT}.
	 */
	public ServiceBusClientBuilder connectTimeout(Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("connectTimeout must be positive but is " + timeout);
		}
		this.connectTimeout = timeout;
		return this;
	}

	/**
	 * Names the program in the user agent. Default: none.
	 */
	public ServiceBusClientBuilder applicationId(String id) {
		this.applicationId = Objects.requireNonNull(id, "id");
		return this;
	}

	/**
	 * Where connections come from; it is not closed with the client. Default: a network
	 * of the client's own, with one thread.
	 */
	public ServiceBusClientBuilder network(Network connections) {
		this.network = Objects.requireNonNull(connections, "connections");
		return this;
	}

	/**
	 * Completes the futures that the client returns; it is not closed with the client.
	 * Default: the common pool.
	 */
	public ServiceBusClientBuilder executor(Executor callbacks) {
		this.executor = Objects.requireNonNull(callbacks, "callbacks");
		return this;
	}

	/**
	 * Draws the jitter of delays; must be thread-safe. Default: a generator of each
	 * thread.
	 */
	public ServiceBusClientBuilder random(RandomGenerator generator) {
		this.random = Objects.requireNonNull(generator, "generator");
		return this;
	}

	/**
	 * Builds the client. It does not connect before it has to.
	 * @throws IllegalStateException if no namespace or no credential is set
	 */
	public ServiceBusClient build() {
		host();
		tokens(InstantSource.system());
		return new ServiceBusClient(this, resources());
	}

	private ClientResources resources() {
		Executor callbacks = (this.executor != null) ? this.executor : ForkJoinPool.commonPool();
		return (this.network != null) ? new BorrowedResources(this.network, callbacks)
				: OwnedResources.create(callbacks);
	}

	String host() {
		if (this.connectionString != null) {
			return this.connectionString.fullyQualifiedNamespace();
		}
		if (this.namespace == null) {
			throw new IllegalStateException("Set a connection string, or a namespace and a credential");
		}
		return this.namespace;
	}

	ConnectTarget target() {
		if (this.connectionString == null) {
			return ConnectTarget.tls(host(), TLS_PORT);
		}
		boolean plain = this.connectionString.isEmulator();
		int port = this.connectionString.port().orElse(plain ? PLAIN_PORT : TLS_PORT);
		return plain ? ConnectTarget.plain(host(), port) : ConnectTarget.tls(host(), port);
	}

	TokenProvider tokens(InstantSource clock) {
		if (this.credential != null) {
			return this.credential;
		}
		if (this.connectionString == null) {
			throw new IllegalStateException("Set a credential for namespace " + host());
		}
		return this.connectionString.tokenProvider(clock);
	}

	RetryOptions retryOptions() {
		return this.retryOptions;
	}

	Duration connectTimeout() {
		return this.connectTimeout;
	}

	String userAgent() {
		return (this.applicationId != null) ? this.applicationId + " " + USER_AGENT : USER_AGENT;
	}

	RandomGenerator random() {
		return (this.random != null) ? this.random : new ThreadLocalGenerator();
	}

	private record BorrowedResources(Network network, Executor executor) implements ClientResources {

		@Override
		public Executor tokenExecutor() {
			return this.executor;
		}

		@Override
		public boolean isOwned() {
			return false;
		}

		@Override
		public void close() {
		}

	}

	private record OwnedResources(NettyNetwork network, Executor executor,
			ExecutorService tokenExecutor) implements ClientResources {

		private static final int TOKEN_THREADS = 4;

		static OwnedResources create(Executor executor) {
			ThreadPoolExecutor tokens = new ThreadPoolExecutor(TOKEN_THREADS, TOKEN_THREADS, 10, TimeUnit.SECONDS,
					new LinkedBlockingQueue<>(), OwnedResources::tokenThread);
			tokens.allowCoreThreadTimeOut(true);
			return new OwnedResources(NettyNetwork.create(), executor, tokens);
		}

		private static Thread tokenThread(Runnable task) {
			Thread thread = new Thread(task, "servicebus-token");
			thread.setDaemon(true);
			return thread;
		}

		@Override
		public boolean isOwned() {
			return true;
		}

		@Override
		public void close() {
			this.tokenExecutor.shutdownNow();
			this.network.close();
		}

	}

	/**
	 * The generator of the thread that asks.
	 */
	private static final class ThreadLocalGenerator implements RandomGenerator {

		@Override
		public long nextLong() {
			return ThreadLocalRandom.current().nextLong();
		}

	}

}
