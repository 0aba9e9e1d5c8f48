package dev.servicebus.boot.autoconfigure;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

import dev.servicebus.client.auth.TokenProvider;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Finds out how to connect: with a connection string, or to a namespace with a
 * credential.
 *
 * @param connection where to
 * @param credential asked only for a namespace
 */
record ConnectionResolver(ServiceBusConnectionDetails connection, ObjectProvider<TokenProvider> credential) {

	/**
	 * Calls one of the two.
	 * @throws ConnectionNotConfiguredException if neither is possible
	 */
	void connect(Consumer<String> byConnectionString, BiConsumer<String, TokenProvider> byNamespace) {
		String connectionString = this.connection.connectionString();
		String namespace = this.connection.fullyQualifiedNamespace();
		if (connectionString != null) {
			byConnectionString.accept(connectionString);
		}
		else if (namespace != null) {
			TokenProvider tokens = this.credential.getIfAvailable();
			if (tokens == null) {
				throw ConnectionNotConfiguredException.noCredential(namespace);
			}
			byNamespace.accept(namespace, tokens);
		}
		else {
			throw ConnectionNotConfiguredException.noConnection();
		}
	}

}
