package dev.servicebus.boot.autoconfigure;

import java.util.stream.Stream;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches if the properties describe no connection; empty ones do not.
 */
final class OnNoConnectionProperty extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Service Bus connection");
		return Stream
			.of(PropertiesServiceBusConnectionDetails.CONNECTION_STRING,
					PropertiesServiceBusConnectionDetails.NAMESPACE)
			.filter((name) -> StringUtils.hasText(context.getEnvironment().getProperty(name)))
			.findFirst()
			.map((name) -> ConditionOutcome.noMatch(message.because("'" + name + "' is set")))
			.orElseGet(() -> ConditionOutcome.match(message.because("none is configured")));
	}

}
