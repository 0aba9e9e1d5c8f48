package dev.servicebus.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.validation.Validator;

import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import dev.servicebus.endpoint.ServiceBusListenerEndpoint;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.invoke.MethodListenerFactory;

/**
 * Brings annotated listeners into the registry, with the beans of the application that
 * they need.
 */
final class EndpointRegistration {

	private final ConfigurableListableBeanFactory beanFactory;

	private final ServiceBusListenerEndpointRegistry registry;

	private final EndpointFactory endpoints;

	EndpointRegistration(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		this.registry = beanFactory.getBean(EnableServiceBus.REGISTRY, ServiceBusListenerEndpointRegistry.class);
		this.endpoints = new EndpointFactory(new AttributeResolver(beanFactory),
				listenerFactory(beanFactory, this.registry));
	}

	/**
	 * Where listeners that are declared in code go.
	 */
	ServiceBusListenerEndpointRegistry registry() {
		return this.registry;
	}

	/**
	 * Registers the listeners of a bean: all of them, or none.
	 * @throws InvalidListenerException if one of them cannot work
	 */
	void register(List<ListenerDeclaration> declarations) {
		List<String> containers = new ArrayList<>();
		try {
			List<String> ids = declarations.stream().map((declaration) -> register(declaration, containers)).toList();
			this.endpoints.checkLastResorts(declarations.get(0), ids);
		}
		catch (RuntimeException ex) {
			containers.forEach(this.registry::unregister);
			throw ex;
		}
	}

	private String register(ListenerDeclaration declaration, List<String> containers) {
		ServiceBusListenerContainerFactory named = this.endpoints.containerFactory(declaration);
		ServiceBusListenerContainerFactory factory = (named != null) ? named : defaultFactory();
		String explicitId = this.endpoints.explicitId(declaration);
		String id = (explicitId != null) ? explicitId : freeId(declaration.defaultId());
		try {
			for (ServiceBusListenerEndpoint endpoint : this.endpoints.endpoints(declaration, id, factory.answers())) {
				ServiceBusListenerContainer container = this.registry.register(endpoint, factory);
				containers.add(endpoint.id());
				this.endpoints.check(declaration, container);
			}
			return id;
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw declaration.invalid(String.valueOf(ex.getMessage()), ex);
		}
	}

	/** Methods may be overloaded, and annotations repeated. */
	private String freeId(String id) {
		String candidate = id;
		for (int number = 2; !this.registry.getListenerContainers(candidate).isEmpty(); number++) {
			candidate = id + "#" + number;
		}
		return candidate;
	}

	private ServiceBusListenerContainerFactory defaultFactory() {
		return this.beanFactory.getBean(EnableServiceBus.CONTAINER_FACTORY, ServiceBusListenerContainerFactory.class);
	}

	private static MethodListenerFactory listenerFactory(ConfigurableListableBeanFactory beanFactory,
			ServiceBusListenerEndpointRegistry registry) {
		ServiceBusMessageConverter converter = beanFactory.getBeanProvider(ServiceBusMessageConverter.class)
			.getIfAvailable(ServiceBusMessageConverter::simple);
		@Nullable Validator validator = beanFactory.getBeanProvider(Validator.class).getIfUnique();
		List<HandlerMethodArgumentResolver> resolvers = Stream
			.concat(Stream.of(new ContainerArgumentResolver(registry)),
					beanFactory.getBeanProvider(HandlerMethodArgumentResolver.class).orderedStream())
			.toList();
		return new MethodListenerFactory(beanFactory, converter, validator, resolvers);
	}

}
