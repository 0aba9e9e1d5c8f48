package dev.servicebus.boot.autoconfigure;

import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.InvalidListenerException;
import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.client.MessagingClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Mistakes in the properties of one listener, {@code servicebus.listeners.<id>.*}, stop
 * the application under the name of the property.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ListenerPropertiesRefusalTests {

	private static final String PREFIX = "servicebus.listeners.busy.";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceBusAutoConfiguration.class))
		.withPropertyValues("servicebus.listener.auto-startup=false")
		.withBean(MessagingClient.class, () -> mock(MessagingClient.class))
		.withBean(Handlers.class);

	@ParameterizedTest
	@CsvSource(quoteCharacter = '~',
			value = { "concurrency, -1", "concurrency, many", "prefetch, -1", "prefetch, 5001", "max-lock-renewal, -1s",
					"shutdown-timeout, -1s", "startup-timeout, -1s", "idle-event-interval, -1s", "batch.size, 0",
					"batch.max-wait, -1s", "session.idle-timeout, 5s", "session.max-concurrent-calls, 2",
					"session.failure-policy, skip", "retry.max-attempts, 0", "retry.delay, -1s", "retry.multiplier, 0",
					"retry.jitter, 2", "retry.hold-limit, -1s", "retry.queue, ~ ~" })
	void valueThatTheListenerRefuses(String property, String value) {
		this.runner.withPropertyValues(PREFIX + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.satisfies((cause) -> assertThat(context.getStartupFailure())
					.hasStackTraceContaining(InvalidConfigurationPropertyValueException.class.getName())
					.hasStackTraceContaining("Property " + PREFIX + property + " with value")));
	}

	@ParameterizedTest
	@CsvSource({ "prefetch, lots", "transactional, perhaps", "auto-startup, later", "max-lock-renewal, long",
			"settlement, later", "startup-policy, try", "batch.max-wait, soon", "session.enabled, maybe",
			"session.failure-policy, forget", "retry.mode, often", "retry.max-attempts, many",
			"retry.retryable, com.example.Nothing", "stop-on-fatal-error, x", "return-exceptions, no?" })
	void valueThatCannotBeRead(String property, String value) {
		this.runner.withPropertyValues(PREFIX + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(BindException.class.getName())
				.hasStackTraceContaining(PREFIX + property));
	}

	@ParameterizedTest
	@CsvSource({ "deleting, prefetch, 3", "deleting, retry.queue, later", "deleting, transactional, true",
			"sessions, retry.queue, later" })
	void valueThatContradictsTheAnnotation(String id, String property, String value) {
		String name = "servicebus.listeners." + id + "." + property;
		this.runner.withPropertyValues(name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(InvalidConfigurationPropertyValueException.class.getName())
				.hasStackTraceContaining("Property " + name + " with value"));
	}

	@Test
	void retryQueueOfTwoListeners() {
		this.runner
			.withPropertyValues("servicebus.listeners.busy.retry.queue=later",
					"servicebus.listeners.audit.retry.queue=later")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidListenerException.class)
				.hasMessageContaining("cannot have the retry queue 'later', which must belong to it alone"));
	}

	static class Handlers {

		@ServiceBusListener(id = "busy", queue = "events", concurrency = "7")
		void busy(String body) {
		}

		@ServiceBusListener(id = "audit", topic = "events", subscription = "audit")
		void audit(String body) {
		}

		@ServiceBusListener(id = "deleting", queue = "deleted", settlement = "receive-and-delete")
		void deleting(String body) {
		}

		@ServiceBusListener(id = "sessions", queue = "sessions", sessions = "true")
		void sessions(String body) {
		}

	}

}
