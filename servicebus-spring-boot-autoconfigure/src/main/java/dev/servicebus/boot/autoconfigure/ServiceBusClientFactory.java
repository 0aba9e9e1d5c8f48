package dev.servicebus.boot.autoconfigure;

import dev.servicebus.client.admin.http.ServiceBusAdministrationClient;
import dev.servicebus.client.admin.http.ServiceBusAdministrationClientBuilder;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.client.amqp.ServiceBusClientBuilder;
import dev.servicebus.client.auth.TokenProvider;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Makes the clients of a namespace, with the beans of the application that have a say.
 *
 * @param credential asked only for a namespace
 * @param clientCustomizers change the builder of messaging clients
 * @param administrationCustomizers change the builder of administration clients
 */
record ServiceBusClientFactory(ObjectProvider<TokenProvider> credential,
		ObjectProvider<ServiceBusClientBuilderCustomizer> clientCustomizers,
		ObjectProvider<ServiceBusAdministrationClientBuilderCustomizer> administrationCustomizers) {

	/**
	 * Makes a messaging client.
	 * @param prefix what the names of the properties begin with
	 * @param properties how it shall be
	 * @param connection where to
	 */
	ServiceBusClient client(String prefix, ClientProperties properties, ServiceBusConnectionDetails connection) {
		ServiceBusClientBuilder builder = ServiceBusClient.builder();
		new ConnectionResolver(connection, this.credential).connect(builder::connectionString,
				(namespace, tokens) -> builder.fullyQualifiedNamespace(namespace).credential(tokens));
		ClientMapper.apply(connection, builder);
		ClientMapper.apply(properties, builder);
		this.clientCustomizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return ClientMapper.build(prefix, builder::build);
	}

	/**
	 * Makes an administration client.
	 * @param prefix what the names of the properties begin with
	 * @param properties how it shall be
	 * @param connection where to
	 */
	ServiceBusAdministrationClient administrationClient(String prefix, ClientProperties properties,
			ServiceBusConnectionDetails connection) {
		ServiceBusAdministrationClientBuilder builder = ServiceBusAdministrationClient.builder();
		new ConnectionResolver(connection, this.credential).connect(builder::connectionString,
				(namespace, tokens) -> builder.fullyQualifiedNamespace(namespace).credential(tokens));
		AdministrationMapper.apply(connection, builder);
		AdministrationMapper.apply(properties, builder);
		this.administrationCustomizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return ClientMapper.build(prefix, builder::build);
	}

}
