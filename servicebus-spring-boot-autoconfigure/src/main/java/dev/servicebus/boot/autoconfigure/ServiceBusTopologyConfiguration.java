package dev.servicebus.boot.autoconfigure;

import dev.servicebus.client.admin.AdministrationClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Sees to the entities that the application declares and listens to.
 */
@Configuration(proxyBeanMethods = false)
class ServiceBusTopologyConfiguration {

	@Bean
	TopologyInitializer serviceBusTopologyInitializer(ServiceBusProperties properties,
			ObjectProvider<AdministrationClient> client, ConfigurableListableBeanFactory beanFactory) {
		return new TopologyInitializer(properties.topology().mode(), client, new NeededEntities(beanFactory));
	}

}
