package dev.servicebus.boot.autoconfigure.listener;

import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.InvalidListenerException;
import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.boot.autoconfigure.ServiceBusAutoConfiguration;
import dev.servicebus.boot.autoconfigure.ServiceBusEmulatorAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Methods that ask for what does not go with a batch, in an application with the
 * emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InvalidBatchFeaturesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class));

	@Test
	void listenerThatRepliesToABatchStopsTheApplication() {
		assertRefused(Replying.class, "there is no reply to a batch");
	}

	@Test
	void argumentOfOneMessageBesideABatchStopsTheApplication() {
		assertRefused(Mixed.class, "parameter 1, a String, is of one message");
	}

	private void assertRefused(Class<?> listener, String reason) {
		this.runner.withBean("shop", listener)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidListenerException.class)
				.hasMessageContaining("of bean 'shop'")
				.hasMessageContaining(reason));
	}

	static class Replying {

		@ServiceBusListener(queue = "orders")
		String handle(List<String> orders) {
			return "";
		}

	}

	static class Mixed {

		@ServiceBusListener(queue = "orders")
		void handle(List<String> orders, String order) {
		}

	}

}
