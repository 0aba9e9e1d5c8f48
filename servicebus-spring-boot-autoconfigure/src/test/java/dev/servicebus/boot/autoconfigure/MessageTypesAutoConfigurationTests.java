package dev.servicebus.boot.autoconfigure;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.converter.MessageTypes;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A listener of a sealed type gets what was sent.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MessageTypesAutoConfigurationTests {

	@Test
	void listenerOfASealedTypeGetsWhatTheMessageNames() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
			.withUserConfiguration(Events.class)
			.run((context) -> {
				context.getBean(ServiceBusTemplate.class)
					.to("events")
					.header("azure_service_bus_message_id", "9")
					.body(new Placed("7"))
					.send();
				Events events = context.getBean(Events.class);
				assertThat(events.event.join()).isEqualTo(new Placed("7"));
				assertThat(events.id.join()).isEqualTo("9");
			});
	}

	sealed interface Event {

	}

	record Placed(String id) implements Event {

	}

	@Configuration(proxyBeanMethods = false)
	static class Events {

		private final CompletableFuture<Event> event = new CompletableFuture<>();

		private final CompletableFuture<String> id = new CompletableFuture<>();

		@Bean
		static MessageTypes types() {
			return MessageTypes.of(Map.of("placed", Placed.class));
		}

		@ServiceBusListener(queue = "events")
		void handle(Event event, @Header("azure_service_bus_message_id") String id) {
			this.event.complete(event);
			this.id.complete(id);
		}

	}

}
