package dev.servicebus.boot.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.ListenerState;
import dev.servicebus.listener.container.ServiceBusListenerContainer;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells from the links and the handlers of the listeners whether messages can be handled:
 * down as soon as something hinders one of them, and up again when it is gone, not
 * before. A listener that somebody has paused or stopped is no fault. Without listeners
 * nothing is known.
 */
final class ListenersHealthIndicator extends AbstractHealthIndicator {

	private final ServiceBusListenerEndpointRegistry registry;

	ListenersHealthIndicator(ServiceBusListenerEndpointRegistry registry) {
		super("The listeners of Service Bus could not be asked");
		this.registry = registry;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		List<ListenerState> states = this.registry.getListenerContainers()
			.stream()
			.map(ServiceBusListenerContainer::state)
			.toList();
		if (states.isEmpty()) {
			builder.unknown();
		}
		else if (states.stream().anyMatch(ListenersHealthIndicator::isFaulty)) {
			builder.down();
		}
		else {
			builder.up();
		}
		Map<String, Object> listeners = new LinkedHashMap<>();
		states.forEach((state) -> listeners.put(state.listenerId(), details(state)));
		builder.withDetail("listeners", listeners);
	}

	private static boolean isFaulty(ListenerState state) {
		return state.fatalError() != null || (state.running() && !state.isHealthy());
	}

	private static Map<String, Object> details(ListenerState state) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("state", nameOf(state));
		Throwable fault = (state.fatalError() != null) ? state.fatalError() : state.failure();
		if (fault != null) {
			details.put("error", fault.getClass().getName() + ": " + fault.getMessage());
		}
		details.put("inFlight", state.inFlight());
		details.put("stuck", state.stuck());
		details.put("concurrency", state.concurrency());
		if (state.sinceLastMessage() != null) {
			details.put("sinceLastMessage", state.sinceLastMessage().toString());
		}
		if (state.oldestInFlight() != null) {
			details.put("oldestInFlight", state.oldestInFlight().toString());
		}
		return details;
	}

	private static String nameOf(ListenerState state) {
		if (state.fatalError() != null) {
			return "failed";
		}
		if (!state.running()) {
			return "stopped";
		}
		if (state.failure() != null) {
			return "hindered";
		}
		if (!state.isHealthy()) {
			return "stuck";
		}
		if (state.paused()) {
			return "paused";
		}
		return state.receiving() ? "receiving" : "starting";
	}

}
