package dev.servicebus.annotation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.invoke.ListenerMessage;

/**
 * The container that calls a method, and what it listens to, as arguments.
 */
final class ContainerArgumentResolver implements HandlerMethodArgumentResolver {

	private final ServiceBusListenerEndpointRegistry registry;

	/** A container that was removed from the registry may still handle messages. */
	private final Map<String, ServiceBusListenerContainer> known = new ConcurrentHashMap<>();

	ContainerArgumentResolver(ServiceBusListenerEndpointRegistry registry) {
		this.registry = registry;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		return type == ServiceBusListenerContainer.class || type == ListenerTarget.class;
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
		ServiceBusListenerContainer container = container(((ListenerMessage<?>) message).listenerId());
		boolean target = parameter.getParameterType() == ListenerTarget.class;
		return (target && container != null) ? container.target() : container;
	}

	private @Nullable ServiceBusListenerContainer container(String listenerId) {
		return this.known.compute(listenerId, (id, last) -> {
			ServiceBusListenerContainer registered = this.registry.getListenerContainer(id);
			return (registered != null) ? registered : last;
		});
	}

}
