package dev.servicebus.boot.autoconfigure;

import dev.servicebus.client.admin.AdministrationClient;
import dev.servicebus.client.admin.http.ServiceBusAdministrationClient;
import dev.servicebus.client.admin.http.ServiceBusAdministrationClientBuilder;
import dev.servicebus.client.auth.TokenProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Configuration of the client that administers the namespace.
 */
@Configuration(proxyBeanMethods = false)
class ServiceBusAdministrationConfiguration {

	/** Lazy, since most applications have no right to manage, and no need. */
	@Bean
	@Lazy
	@ConditionalOnMissingBean(AdministrationClient.class)
	ServiceBusAdministrationClient serviceBusAdministrationClient(ServiceBusProperties properties,
			ServiceBusConnectionDetails connection, ObjectProvider<TokenProvider> credential,
			ObjectProvider<ServiceBusAdministrationClientBuilderCustomizer> customizers) {
		ServiceBusAdministrationClientBuilder builder = ServiceBusAdministrationClient.builder();
		new ConnectionResolver(connection, credential).connect(builder::connectionString,
				(namespace, tokens) -> builder.fullyQualifiedNamespace(namespace).credential(tokens));
		AdministrationMapper.apply(connection, builder);
		AdministrationMapper.apply(properties, builder);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return ClientMapper.build(builder::build);
	}

}
