package dev.servicebus.boot.autoconfigure;

import dev.servicebus.client.admin.AdministrationClient;
import dev.servicebus.client.admin.http.ServiceBusAdministrationClient;

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
			ServiceBusConnectionDetails connection, ServiceBusClientFactory clients) {
		return clients.administrationClient(ClientMapper.PREFIX, properties, connection);
	}

}
