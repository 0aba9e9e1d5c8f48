package dev.servicebus.client.amqp;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.ProxyOptions;
import dev.servicebus.client.InvalidSettingException;
import dev.servicebus.client.TransportType;
import dev.servicebus.client.auth.ConnectionString;
import dev.servicebus.client.auth.InvalidConnectionStringException;
import dev.servicebus.client.auth.TokenProvider;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.message.MessageEncoder;
import dev.servicebus.message.MessageIds;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ServiceBusClient}. What is needed is either a connection string, or a
 * namespace and a credential. Not thread-safe.
 */
public final class ServiceBusClientBuilder {

	/** For resolving, connecting and TLS, for a token, and for putting it, each. */
	public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(30);

	/** 64 MiB for what the sends under way hold. */
	public static final long DEFAULT_SEND_BUFFER_BYTES = 64L * 1024 * 1024;

	/** Hosts of containers may hold underscores. */
	private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");

	private static final String USER_AGENT = "servicebus-spring";

	private @Nullable ConnectionString connectionString;

	private @Nullable String namespace;

	private @Nullable TokenProvider credential;

	private TransportType transportType = TransportType.AMQP;

	private @Nullable URI customEndpoint;

	private @Nullable ProxyOptions proxy;

	private @Nullable SSLContext sslContext;

	private @Nullable SSLParameters sslParameters;

	private @Nullable String entityPath;

	private RetryOptions retryOptions = RetryOptions.defaults();

	private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;

	private @Nullable String applicationId;

	private long sendBufferBytes = DEFAULT_SEND_BUFFER_BYTES;

	private @Nullable MessageIds messageIds;

	private TransactionScope transactionScope = TransactionScope.ONE_ENTITY;

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
		if (!HOST.matcher(host).matches()) {
			throw new IllegalArgumentException("fullyQualifiedNamespace must be the name of a host, without scheme, "
					+ "port and path, for example orders.servicebus.windows.net");
		}
		this.namespace = host;
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
	 * The only entity for which the credential is valid: senders and receivers of others
	 * are refused at once. Default: that of the connection string, or none.
	 */
	public ServiceBusClientBuilder entityPath(String path) {
		this.entityPath = Objects.requireNonNull(path, "path");
		return this;
	}

	/**
	 * What carries AMQP. Default: {@link TransportType#AMQP}.
	 */
	public ServiceBusClientBuilder transportType(TransportType type) {
		this.transportType = Objects.requireNonNull(type, "type");
		return this;
	}

	/**
	 * A proxy that opens tunnels (HTTP {@code CONNECT}), with or without credentials;
	 * only for {@link TransportType#AMQP_WEB_SOCKETS}. Default: none.
	 */
	public ServiceBusClientBuilder proxy(ProxyOptions options) {
		this.proxy = Objects.requireNonNull(options, "options");
		return this;
	}

	/**
	 * What is dialled instead of the namespace, for example a gateway: {@code https},
	 * {@code sb}, {@code amqps} or {@code wss} with a host and perhaps a port, which is
	 * the transport's unless it is named. TLS is with this host; rights are still claimed
	 * on the namespace. Default: the namespace itself.
	 */
	public ServiceBusClientBuilder customEndpointAddress(URI address) {
		this.customEndpoint = Objects.requireNonNull(address, "address");
		return this;
	}

	/**
	 * Whom to trust, and who to be, in TLS. The name of the host is always checked.
	 * Default: the JDK's default context.
	 */
	public ServiceBusClientBuilder sslContext(SSLContext context) {
		this.sslContext = Objects.requireNonNull(context, "context");
		return this;
	}

	/**
	 * The protocols and cipher suites that TLS may use; nothing else of the parameters
	 * counts, and protocols older than TLS 1.2 are never used. Default: what the context
	 * enables.
	 */
	public ServiceBusClientBuilder sslParameters(SSLParameters limits) {
		this.sslParameters = Objects.requireNonNull(limits, "limits");
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
	 * Names the program: it stands before the user agent that the broker is told.
	 * Default: none.
	 */
	public ServiceBusClientBuilder applicationId(String id) {
		this.applicationId = Objects.requireNonNull(id, "id");
		return this;
	}

	/**
	 * How many bytes the sends of this client may hold until they end, whether they wait
	 * for a connection, for credit or for an answer. One more fails at once with a
	 * {@link dev.servicebus.client.SendBufferFullException}. Default:
	 * {@link #DEFAULT_SEND_BUFFER_BYTES}.
	 */
	public ServiceBusClientBuilder sendBufferBytes(long bytes) {
		if (bytes < 1) {
			throw new IllegalArgumentException("sendBufferBytes must be positive but is " + bytes);
		}
		this.sendBufferBytes = bytes;
		return this;
	}

	/**
	 * Lets transactions span several entities in the service: all links then share one
	 * session, and what is sent to other entities is routed through the one that comes
	 * first. The service allows no second receiver on such a client. Default: a
	 * transaction of the service works on one entity; the emulator never insists.
	 */
	public ServiceBusClientBuilder crossEntityTransactions() {
		this.transactionScope = TransactionScope.SEVERAL_ENTITIES;
		return this;
	}

	/**
	 * Names messages that are sent without an id. Default: the id of the client and a
	 * number; {@link MessageIds#none()} leaves them without one.
	 */
	public ServiceBusClientBuilder messageIds(MessageIds ids) {
		this.messageIds = Objects.requireNonNull(ids, "ids");
		return this;
	}

	/**
	 * Where connections come from, with TLS settings of its own; it is not closed with
	 * the client. Default: a network of the client's own, with one thread.
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
	 * @throws InvalidSettingException if a setting contradicts another
	 */
	public ServiceBusClient build() {
		EndpointSettings endpoint = endpoint();
		if (endpoint.isPlain()) {
			tls().checkUnset("UseDevelopmentEmulator=true, which means no TLS");
		}
		if (this.network != null) {
			tls().checkUnset("network, which has its own; set it there");
		}
		scope();
		tokens(InstantSource.system());
		return new ServiceBusClient(this, resources());
	}

	private ClientResources resources() {
		Executor callbacks = (this.executor != null) ? this.executor : ForkJoinPool.commonPool();
		return (this.network != null) ? new BorrowedResources(this.network, callbacks)
				: OwnedResources.create(callbacks, tls());
	}

	private TlsSettings tls() {
		return new TlsSettings(this.sslContext, this.sslParameters);
	}

	EndpointSettings endpoint() {
		return new EndpointSettings(this.connectionString, this.namespace, this.transportType, this.customEndpoint,
				this.proxy);
	}

	EntityScope scope() {
		return EntityScope.of(this.entityPath, this.connectionString);
	}

	TokenProvider tokens(InstantSource clock) {
		if (this.credential != null) {
			return this.credential;
		}
		if (this.connectionString == null) {
			throw new IllegalStateException("Set a credential for namespace " + this.namespace);
		}
		return this.connectionString.tokenProvider(clock);
	}

	TransactionScope transactionScope() {
		return this.transactionScope;
	}

	Outgoing outgoing(String clientId, InstantSource clock) {
		MessageIds ids = (this.messageIds != null) ? this.messageIds : MessageIds.numbered(clientId);
		return new Outgoing(new MessageEncoder(clock), ids, new SendBudget(this.sendBufferBytes));
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

}
