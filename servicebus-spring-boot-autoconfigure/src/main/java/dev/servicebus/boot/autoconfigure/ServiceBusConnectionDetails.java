package dev.servicebus.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the auto-configured client connects to: a connection string, or else the host of
 * a namespace, for which a {@link dev.servicebus.client.auth.TokenProvider} bean is
 * needed. A bean of this type replaces the properties, and keeps the embedded emulator
 * from starting.
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

}
