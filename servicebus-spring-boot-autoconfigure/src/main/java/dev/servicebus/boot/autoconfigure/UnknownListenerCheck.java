package dev.servicebus.boot.autoconfigure;

import java.util.Collection;
import java.util.List;

import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Warns of properties for listeners that do not exist, and of those that listeners do not
 * have, since they would be of no effect in silence.
 */
final class UnknownListenerCheck implements ApplicationListener<ContextRefreshedEvent> {

	private static final Logger logger = LoggerFactory.getLogger(UnknownListenerCheck.class);

	private final ApplicationContext context;

	private final Collection<String> configured;

	private final ObjectProvider<ServiceBusListenerEndpointRegistry> registry;

	UnknownListenerCheck(ApplicationContext context, Collection<String> configured,
			ObjectProvider<ServiceBusListenerEndpointRegistry> registry) {
		this.context = context;
		this.configured = configured;
		this.registry = registry;
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		// Child contexts, such as the one of the actuator, pass their events on.
		if (event.getApplicationContext() == this.context) {
			check();
			UnboundListenerProperties.find(this.context.getEnvironment())
				.forEach((name) -> logger.warn("Property '{}' has no effect: listeners have no property of this name",
						name));
		}
	}

	private void check() {
		List<String> present = this.registry.stream()
			.flatMap((containers) -> containers.getListenerContainers().stream())
			.map(ServiceBusListenerContainer::id)
			.toList();
		this.configured.stream()
			.filter((id) -> this.registry.stream()
				.allMatch((containers) -> containers.getListenerContainers(id).isEmpty()))
			.forEach((id) -> logger.warn(
					"Properties 'servicebus.listeners.{}.*' have no effect: there is no listener with this id, only {}",
					id, present));
	}

}
