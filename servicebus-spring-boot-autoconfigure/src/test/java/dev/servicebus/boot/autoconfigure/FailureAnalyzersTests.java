package dev.servicebus.boot.autoconfigure;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusHandler;
import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.ServiceBusEmulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a user reads when the application cannot start.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalyzersTests {

	@Test
	void missingConnectionIsExplained(CapturedOutput output) {
		failWith(Map.of("servicebus.emulator.enabled", "false"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("no connection is configured")
			.contains("set 'servicebus.connection-string'")
			.contains("dev.servicebus:servicebus-emulator");
	}

	@Test
	void connectionStringThatCannotBeUsedIsExplainedWithoutShowingIt(CapturedOutput output) {
		failWith(Map.of("servicebus.connection-string", "Endpoint=sb://contoso.example;SharedAccessKey=VerySecret="));
		assertThat(output).contains("'SharedAccessKeyName' is missing")
			.contains("'servicebus.connection-string'")
			.doesNotContain("VerySecret");
	}

	@Test
	void takenPortIsExplained(CapturedOutput output) {
		try (ServiceBusEmulator other = ServiceBusEmulator.builder().build().start()) {
			failWith(Map.of("servicebus.emulator.port", other.port()));
			assertThat(output).contains("embedded Service Bus emulator could not start")
				.contains(String.valueOf(other.port()))
				.contains("'servicebus.emulator.port'");
		}
	}

	@Test
	void optionThatIsOutOfRangeIsExplained(CapturedOutput output) {
		failWith(Map.of("servicebus.listener.concurrency", "-1"));
		assertThat(output).contains("'-1'").contains("'servicebus.listener.concurrency'").contains("at least 1");
	}

	@Test
	void listenerWithoutItsQueueIsExplained(CapturedOutput output) {
		failWith(Map.of("servicebus.listener.startup-policy", "fail", "queue", "missing",
				"servicebus.emulator.auto-create", "false"), Application.class, Listening.class);
		assertThat(output).contains("Listener 'listening-handle' on 'missing' cannot receive")
			.contains("Create the queue or subscription, or correct its name.");
	}

	@Test
	void listenerThatCannotWorkIsExplained(CapturedOutput output) {
		failWith(Map.of("queue", "${nowhere}"), Application.class, Listening.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains(
					"of bean 'listening': attribute queue = \"${queue}\": a placeholder cannot be resolved in '${nowhere}'")
			.contains("Change the attribute of the annotation, the method, or the property that it refers to.");
	}

	@Test
	void handlerThatNothingCallsIsExplained(CapturedOutput output) {
		failWith(Map.of(), Application.class, Forgotten.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("@ServiceBusHandler on method 'Forgotten.handle(String)'")
			.contains("there is no @ServiceBusListener on its class");
	}

	@Test
	void listenerOfAQueueThatRequiresSessionsIsExplained(CapturedOutput output) {
		failWith(
				Map.of("servicebus.listener.startup-policy", "fail", "queue", "baskets",
						"servicebus.emulator.queues.baskets.requires-session", "true"),
				Application.class, Listening.class);
		assertThat(output).contains("Listener 'listening-handle' on 'baskets' cannot receive")
			.contains("set sessions = \"true\"");
	}

	@Test
	void listenerOfSessionsOnAQueueWithoutThemIsExplained(CapturedOutput output) {
		failWith(
				Map.of("servicebus.listener.startup-policy", "fail", "queue", "orders",
						"servicebus.listeners.listening-handle.session.enabled", "true"),
				Application.class, Listening.class);
		assertThat(output).contains("Listener 'listening-handle' on 'orders' cannot receive")
			.contains("remove sessions = \"true\"");
	}

	private static void failWith(Map<String, Object> properties) {
		failWith(properties, Application.class);
	}

	private static void failWith(Map<String, Object> properties, Class<?>... sources) {
		SpringApplication application = new SpringApplicationBuilder(sources).web(WebApplicationType.NONE)
			.properties(properties)
			.build();
		assertThatException().isThrownBy(application::run);
	}

	@Component("listening")
	static class Listening {

		@ServiceBusListener(queue = "${queue}")
		void handle() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ServiceBusEmulatorAutoConfiguration.class, ServiceBusAutoConfiguration.class })
	static class Application {

	}

	@Component
	static class Forgotten {

		@ServiceBusHandler
		void handle(String body) {
		}

	}

}
