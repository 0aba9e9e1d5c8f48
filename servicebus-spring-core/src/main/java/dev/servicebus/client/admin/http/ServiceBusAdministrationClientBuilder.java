package dev.servicebus.client.admin.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import dev.servicebus.amqp.transport.ProxyOptions;
import dev.servicebus.client.InvalidSettingException;
import dev.servicebus.client.auth.ConnectionString;
import dev.servicebus.client.auth.TokenProvider;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.client.retry.RetrySchedule;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ServiceBusAdministrationClient}. What is needed is either a connection
 * string, or a namespace and a credential. Not thread-safe.
 */
public final class ServiceBusAdministrationClientBuilder {

	/** For connecting and TLS, and for a token, each. */
	public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(30);

	private static final String USER_AGENT = "servicebus-spring";

	/** Where an emulator serves the feed unless the connection string names a port. */
	private static final int EMULATOR_PORT = 5300;

	private static final int TOKEN_THREADS = 4;

	private @Nullable ConnectionString connectionString;

	private @Nullable String namespace;

	private @Nullable TokenProvider credential;

	private @Nullable URI endpoint;

	private @Nullable ProxyOptions proxy;

	private @Nullable SSLContext sslContext;

	private @Nullable SSLParameters sslParameters;

	private @Nullable HttpClient httpClient;

	private @Nullable String applicationId;

	private RetryOptions retryOptions = RetryOptions.defaults();

	private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;

	private Executor executor = ForkJoinPool.commonPool();

	private InstantSource clock = InstantSource.system();

	private Alarms alarms = Alarms.system();

	ServiceBusAdministrationClientBuilder() {
	}

	/**
	 * Administers the namespace of a connection string, with its credential. If it says
	 * that the endpoint is an emulator, the feed is expected there without TLS, on the
	 * port that it names or on 5300.
	 * @throws dev.servicebus.client.auth.InvalidConnectionStringException if it cannot be
	 * used
	 */
	public ServiceBusAdministrationClientBuilder connectionString(String text) {
		this.connectionString = ConnectionString.parse(text);
		return this;
	}

	/**
	 * Administers a namespace, for example {@code orders.servicebus.windows.net}.
	 */
	public ServiceBusAdministrationClientBuilder fullyQualifiedNamespace(String host) {
		this.namespace = Objects.requireNonNull(host, "host");
		return this;
	}

	/**
	 * Where tokens come from. Overrides the credential of a connection string.
	 */
	public ServiceBusAdministrationClientBuilder credential(TokenProvider tokens) {
		this.credential = Objects.requireNonNull(tokens, "tokens");
		return this;
	}

	/**
	 * Another address at which the namespace is reached, for example that of a gateway:
	 * {@code https} with a host and perhaps a port; {@code http} only together with the
	 * connection string of an emulator. Tokens are still for the namespace. Default: the
	 * namespace itself.
	 */
	public ServiceBusAdministrationClientBuilder endpoint(URI address) {
		this.endpoint = Objects.requireNonNull(address, "address");
		return this;
	}

	/**
	 * A proxy on the way. The JDK keeps basic authentication from HTTPS unless the system
	 * property {@code jdk.http.auth.tunneling.disabledSchemes} is set to nothing. Not
	 * together with an HTTP client of one's own. Default: none.
	 */
	public ServiceBusAdministrationClientBuilder proxy(ProxyOptions options) {
		this.proxy = Objects.requireNonNull(options, "options");
		return this;
	}

	/**
	 * Whom to trust, and who to be, in TLS. Not together with an HTTP client of one's
	 * own. Default: the JDK's default context.
	 */
	public ServiceBusAdministrationClientBuilder sslContext(SSLContext context) {
		this.sslContext = Objects.requireNonNull(context, "context");
		return this;
	}

	/**
	 * The protocols and cipher suites that TLS may use. Not together with an HTTP client
	 * of one's own. Default: what the context enables.
	 */
	public ServiceBusAdministrationClientBuilder sslParameters(SSLParameters limits) {
		this.sslParameters = Objects.requireNonNull(limits, "limits");
		return this;
	}

	/**
	 * An HTTP client of one's own, for example with another trust store; it is not closed
	 * with this client. Default: one that speaks HTTP/1.1 and follows no redirects.
	 */
	public ServiceBusAdministrationClientBuilder httpClient(HttpClient client) {
		this.httpClient = Objects.requireNonNull(client, "client");
		return this;
	}

	/**
	 * How failed operations are tried again. Default: {@link RetryOptions#defaults()}. An
	 * operation ends within {@link RetryOptions#tryTimeout()}, all attempts included.
	 */
	public ServiceBusAdministrationClientBuilder retryOptions(RetryOptions options) {
		this.retryOptions = Objects.requireNonNull(options, "options");
		return this;
	}

	/**
	 * How long connecting may take, and obtaining a token. Default:
	 * {@link #DEFAULT_CONNECT_TIMEOUT}.
	 */
	public ServiceBusAdministrationClientBuilder connectTimeout(Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("connectTimeout must be positive but is " + timeout);
		}
		this.connectTimeout = timeout;
		return this;
	}

	/**
	 * Names the program in the user agent. Default: none.
	 */
	public ServiceBusAdministrationClientBuilder applicationId(String id) {
		this.applicationId = Objects.requireNonNull(id, "id");
		return this;
	}

	/**
	 * Completes the futures that the client returns; it is not closed with the client.
	 * Default: the common pool.
	 */
	public ServiceBusAdministrationClientBuilder executor(Executor callbacks) {
		this.executor = Objects.requireNonNull(callbacks, "callbacks");
		return this;
	}

	/**
	 * Replaces the time, for tests.
	 */
	ServiceBusAdministrationClientBuilder time(InstantSource newClock, Alarms newAlarms) {
		this.clock = newClock;
		this.alarms = newAlarms;
		return this;
	}

	/**
	 * Builds the client. It does not connect before it has to.
	 * @throws IllegalStateException if no namespace or no credential is set
	 * @throws InvalidSettingException if a setting contradicts another
	 */
	public ServiceBusAdministrationClient build() {
		FeedAddress address = address();
		HttpSettings http = new HttpSettings(this.proxy, this.sslContext, this.sslParameters, this.connectTimeout);
		ThreadPoolExecutor tokenExecutor = tokenExecutor();
		FeedTokens tokens = new FeedTokens(credential(), tokenExecutor,
				new FeedTokens.Timing(this.clock, this.alarms, this.connectTimeout));
		FeedConnection.Policies policies = new FeedConnection.Policies(
				RetrySchedule.of(this.retryOptions, new Random()), this.alarms, userAgent(), http.proxyHeaders());
		Calls calls = new Calls(new FeedConnection(httpClient(http), address, tokens, policies), this.executor);
		return new ServiceBusAdministrationClient(new FeedAdministration(calls, this.retryOptions.tryTimeout()), () -> {
			calls.close();
			tokenExecutor.shutdownNow();
		});
	}

	private FeedAddress address() {
		boolean emulator = this.connectionString != null && this.connectionString.isEmulator();
		if (this.endpoint == null) {
			return FeedAddress.of(emulator ? "http" : "https", host(), emulator ? port(EMULATOR_PORT) : -1);
		}
		boolean plain = "http".equalsIgnoreCase(this.endpoint.getScheme());
		if (!plain && !"https".equalsIgnoreCase(this.endpoint.getScheme())) {
			throw new InvalidSettingException("endpoint",
					"The endpoint must be an https URI but is '" + this.endpoint + "'");
		}
		if (plain && !emulator) {
			throw new InvalidSettingException("endpoint",
					"The endpoint '" + this.endpoint + "' would send tokens unprotected; "
							+ "http needs a connection string with UseDevelopmentEmulator=true");
		}
		return new FeedAddress(this.endpoint, host());
	}

	private int port(int missing) {
		return (this.connectionString != null) ? this.connectionString.port().orElse(missing) : missing;
	}

	private String host() {
		if (this.connectionString != null) {
			return this.connectionString.fullyQualifiedNamespace();
		}
		if (this.namespace == null) {
			throw new IllegalStateException("Set a connection string, or a namespace and a credential");
		}
		return this.namespace;
	}

	private TokenProvider credential() {
		if (this.credential != null) {
			return this.credential;
		}
		if (this.connectionString == null) {
			throw new IllegalStateException("Set a credential for namespace " + host());
		}
		return this.connectionString.tokenProvider(this.clock);
	}

	private HttpClient httpClient(HttpSettings settings) {
		if (this.httpClient == null) {
			return settings.newClient();
		}
		settings.checkUnset();
		return this.httpClient;
	}

	private String userAgent() {
		return (this.applicationId != null) ? this.applicationId + " " + USER_AGENT : USER_AGENT;
	}

	/**
	 * Its threads end when nobody needs a token.
	 */
	private static ThreadPoolExecutor tokenExecutor() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(TOKEN_THREADS, TOKEN_THREADS, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(task, "servicebus-admin-token");
					thread.setDaemon(true);
					return thread;
				});
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

}
