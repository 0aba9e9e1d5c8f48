package dev.servicebus.client.amqp;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.ProxyOptions;
import dev.servicebus.amqp.transport.WebSocketEndpoint;
import dev.servicebus.client.InvalidSettingException;
import dev.servicebus.client.TransportType;
import dev.servicebus.client.auth.ConnectionString;
import org.jspecify.annotations.Nullable;

/**
 * Where a client connects to and over what. Immutable; refuses settings that contradict
 * each other, by their names.
 *
 * @param connectionString the connection string, {@code null} if there is none
 * @param namespace the host of the namespace, {@code null} if only the connection string
 * names it
 * @param transportType what carries AMQP
 * @param customEndpoint what is dialled instead of the namespace, {@code null} for
 * nothing
 * @param proxy the proxy on the way, {@code null} for none
 */
record EndpointSettings(@Nullable ConnectionString connectionString, @Nullable String namespace,
		TransportType transportType, @Nullable URI customEndpoint, @Nullable ProxyOptions proxy) {

	private static final int TLS_PORT = 5671;

	private static final int PLAIN_PORT = 5672;

	private static final int HTTPS_PORT = 443;

	private static final Set<String> TLS_SCHEMES = Set.of("sb", "amqps", "https", "wss");

	private static final Set<String> PLAIN_SCHEMES = Set.of("amqp", "http", "ws");

	EndpointSettings {
		if (connectionString == null && namespace == null) {
			throw new IllegalStateException("Set a connection string, or a namespace and a credential");
		}
		if (connectionString != null && namespace != null
				&& !connectionString.fullyQualifiedNamespace().equalsIgnoreCase(namespace)) {
			throw new InvalidSettingException("fullyQualifiedNamespace",
					"fullyQualifiedNamespace '" + namespace
							+ "' contradicts the Endpoint of the connection string, which is '"
							+ connectionString.fullyQualifiedNamespace() + "'; set one of them");
		}
		if (proxy != null && transportType != TransportType.AMQP_WEB_SOCKETS) {
			throw new InvalidSettingException("proxy",
					"proxy needs transportType AMQP_WEB_SOCKETS but it is " + transportType);
		}
		if (customEndpoint != null) {
			checkCustomEndpoint(customEndpoint, isPlain(connectionString));
		}
	}

	/**
	 * The host of the namespace: what is authorized, and what the broker is asked for.
	 */
	String host() {
		return (this.connectionString != null) ? this.connectionString.fullyQualifiedNamespace()
				: String.valueOf(this.namespace);
	}

	/**
	 * Returns whether TLS is left out, which only an emulator allows.
	 */
	boolean isPlain() {
		return isPlain(this.connectionString);
	}

	private static boolean isPlain(@Nullable ConnectionString connectionString) {
		return connectionString != null && connectionString.isEmulator();
	}

	/**
	 * What is dialled, and how.
	 */
	ConnectTarget target() {
		String dialled = (this.customEndpoint != null) ? this.customEndpoint.getHost() : host();
		ConnectTarget target = isPlain() ? ConnectTarget.plain(dialled, port()) : ConnectTarget.tls(dialled, port());
		if (this.transportType == TransportType.AMQP_WEB_SOCKETS) {
			target = target.overWebSocket(WebSocketEndpoint.SERVICE_BUS);
		}
		return (this.proxy != null) ? target.throughProxy(this.proxy) : target;
	}

	/**
	 * Whatever is dialled decides the port; without one it is the transport's.
	 */
	private int port() {
		if (this.customEndpoint != null) {
			return (this.customEndpoint.getPort() >= 0) ? this.customEndpoint.getPort() : defaultPort();
		}
		return (this.connectionString != null) ? this.connectionString.port().orElse(defaultPort()) : defaultPort();
	}

	private int defaultPort() {
		if (isPlain()) {
			return PLAIN_PORT;
		}
		return (this.transportType == TransportType.AMQP_WEB_SOCKETS) ? HTTPS_PORT : TLS_PORT;
	}

	private static void checkCustomEndpoint(URI address, boolean plainAllowed) {
		String scheme = (address.getScheme() != null) ? address.getScheme().toLowerCase(Locale.ROOT) : "";
		boolean plain = PLAIN_SCHEMES.contains(scheme);
		if ((!plain && !TLS_SCHEMES.contains(scheme)) || address.getHost() == null || hasMoreThanAuthority(address)) {
			throw new InvalidSettingException("customEndpointAddress",
					"customEndpointAddress must have the form https://<host>[:<port>], or the same with sb, amqps or wss");
		}
		if (plain && !plainAllowed) {
			throw new InvalidSettingException("customEndpointAddress", "customEndpointAddress with the scheme '"
					+ scheme
					+ "' would send tokens unprotected; that needs a connection string with UseDevelopmentEmulator=true");
		}
	}

	/**
	 * A path or query would be ignored, and user information may be a secret.
	 */
	private static boolean hasMoreThanAuthority(URI address) {
		boolean path = address.getRawPath() != null && address.getRawPath().length() > 1;
		return path || address.getRawQuery() != null || address.getRawFragment() != null
				|| address.getRawUserInfo() != null;
	}

}
