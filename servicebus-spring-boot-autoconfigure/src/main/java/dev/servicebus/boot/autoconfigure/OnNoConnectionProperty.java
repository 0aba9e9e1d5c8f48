package dev.servicebus.boot.autoconfigure;

import java.util.stream.Stream;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if no property for a connection is there. An empty one is there: most likely it
 * was to be filled from somewhere, and an emulator must not take its place.
 */
final class OnNoConnectionProperty extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Service Bus connection");
		return Stream
			.of(PropertiesServiceBusConnectionDetails.CONNECTION_STRING,
					PropertiesServiceBusConnectionDetails.NAMESPACE)
			.filter((name) -> context.getEnvironment().containsProperty(name))
			.findFirst()
			.map((name) -> ConditionOutcome.noMatch(message.because("'" + name + "' is set")))
			.orElseGet(() -> ConditionOutcome.match(message.because("none is configured")));
	}

}
