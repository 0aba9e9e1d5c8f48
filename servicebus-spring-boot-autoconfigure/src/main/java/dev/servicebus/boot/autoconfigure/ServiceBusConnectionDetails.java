package dev.servicebus.boot.autoconfigure;

import java.net.URI;

import dev.servicebus.amqp.transport.ProxyOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Where the auto-configured clients connect to, and by which way: a connection string, or
 * else the host of a namespace, for which a
 * {@link dev.servicebus.client.auth.TokenProvider} bean is needed. A bean of this type
 * replaces the properties, and keeps the embedded emulator from starting.
 */
public interface ServiceBusConnectionDetails extends ConnectionDetails {

	/**
	 * The connection string, {@code null} for none. It is a secret.
	 */
	default @Nullable String connectionString() {
		return null;
	}

	/**
	 * The host of the namespace, for example {@code contoso.servicebus.windows.net};
	 * {@code null} for none. Has no meaning beside a connection string.
	 */
	default @Nullable String fullyQualifiedNamespace() {
		return null;
	}

	/**
	 * The only entity for which the credential is valid, {@code null} for all.
	 */
	default @Nullable String entityPath() {
		return null;
	}

	/**
	 * What is dialled instead of the namespace, {@code null} for the namespace itself.
	 */
	default @Nullable URI customEndpointAddress() {
		return null;
	}

	/**
	 * The proxy on the way, {@code null} for none. It needs WebSockets.
	 */
	default @Nullable ProxyOptions proxy() {
		return null;
	}

	/**
	 * Trust and identity for TLS, {@code null} for the JDK's defaults.
	 */
	default @Nullable SslBundle sslBundle() {
		return null;
	}

}
