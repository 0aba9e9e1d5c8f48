package dev.servicebus.boot.autoconfigure.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The locks of messages that wait for their batch, in an application with the emulator
 * and in virtual time.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BatchLockFeaturesTests {

	private final VirtualTime time = new VirtualTime();

	private final ListenerApplication application = this.time.application(Listeners.class)
		.with("servicebus.listener.batch.size=3", "servicebus.listener.batch.max-wait=1h",
				"servicebus.listener.max-lock-renewal=2h");

	@Test
	void locksAreRenewedWhileMessagesWait() {
		this.application.run((application) -> {
			this.time.send(application, "renewed", "a");
			this.time.advance(Duration.ofMinutes(59));
			this.time.send(application, "renewed", "b", "c");
			assertThat(application.nextCall()).containsExactly("a after 0", "b after 0", "c after 0");
			assertThat(application.messages("renewed")).isEmpty();
		});
	}

	@Test
	void messageWhoseLockIsLostIsNotHandledUntilItComesAgain() {
		this.application.run((application) -> {
			this.time.send(application, "unrenewed", "a");
			this.time.advance(Duration.ofSeconds(65));
			this.time.send(application, "unrenewed", "b");
			assertThat(application.nextCall()).as("three with the one that is lost")
				.containsExactly("a after 1", "b after 0");
			assertThat(application.messages("unrenewed")).isEmpty();
			assertThat(application.bean(Calls.class).isEmpty()).isTrue();
		});
	}

	record Listeners(Calls calls) {

		@ServiceBusListener(queue = "renewed")
		void renewed(List<ServiceBusReceivedMessage> messages) {
			note(messages);
		}

		@ServiceBusListener(queue = "unrenewed", maxLockRenewal = "0s")
		void unrenewed(List<ServiceBusReceivedMessage> messages) {
			note(messages);
		}

		private void note(List<ServiceBusReceivedMessage> messages) {
			this.calls.add(messages.stream()
				.map((message) -> message.bodyAsString() + " after " + message.deliveryCount())
				.toArray());
		}

	}

}
