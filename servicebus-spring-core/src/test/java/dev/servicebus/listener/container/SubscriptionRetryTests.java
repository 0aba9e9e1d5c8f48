package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.listener.FailureProperties;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.message.ServiceBusMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Retries of messages of a subscription, which no other subscription may notice.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SubscriptionRetryTests {

	private static final EntityOptions SHORT_LOCK = EntityOptions.builder()
		.lockDuration(Duration.ofSeconds(30))
		.build();

	private final SimulatedContainers containers = new SimulatedContainers(ServiceBusEmulator.builder()
		.topic("events")
		.subscription("events", "billing", SHORT_LOCK)
		.subscription("events", "audit", SHORT_LOCK)
		.queue("billing-retry", SHORT_LOCK.mutate().duplicateDetectionWindow(Duration.ofDays(1)).build()));

	private final List<String> calls = new ArrayList<>();

	@AfterEach
	void close() {
		this.containers.close();
	}

	@Test
	void messageWaitsUnderItsLockWithoutARetryQueue() {
		startFailing();
		send();
		this.containers.advance(Duration.ofMinutes(9));
		assertThat(this.calls).containsExactly("e1 attempt 1");
		assertThat(subscription("billing")).singleElement().satisfies((message) -> {
			assertThat(message.isLocked()).isTrue();
			assertThat(message.deliveryCount()).isZero();
		});
		this.containers.advance(Duration.ofMinutes(11));
		assertThat(this.calls).containsExactly("e1 attempt 1", "e1 attempt 2", "e1 attempt 3");
		assertThat(this.containers.service.emulator.subscription("events", "billing").deadLetters()).hasSize(1);
		assertThatTheOtherSubscriptionHasOneMessage();
	}

	@Test
	void messageWaitsInTheRetryQueue() {
		useRetryQueue();
		startFailing();
		send();
		assertThat(subscription("billing")).isEmpty();
		assertThat(this.containers.messages("billing-retry")).singleElement().satisfies((copy) -> {
			assertThat(copy.messageId().toString()).startsWith("e1-retry-1-");
			assertThat(copy.applicationProperties()).containsEntry(FailureProperties.RETRY_SOURCE,
					"events/Subscriptions/billing");
		});
		this.containers.advance(Duration.ofMinutes(10));
		assertThat(this.calls).containsExactly("e1 attempt 1", "e1 attempt 2");
		this.containers.advance(Duration.ofMinutes(10));
		assertThat(this.calls).containsExactly("e1 attempt 1", "e1 attempt 2", "e1 attempt 3");
		assertThat(this.containers.messages("billing-retry")).isEmpty();
		assertThat(this.containers.deadLetters("billing-retry")).hasSize(1);
		assertThatTheOtherSubscriptionHasOneMessage();
	}

	@Test
	void attemptsGoOnInTheNextContainer() {
		useRetryQueue();
		ServiceBusListenerContainer first = startFailing();
		send();
		this.containers.stop(first);
		this.containers.advance(Duration.ofMinutes(30));
		assertThat(this.calls).hasSize(1);
		startFailing();
		assertThat(this.calls).containsExactly("e1 attempt 1", "e1 attempt 2");
		assertThatTheOtherSubscriptionHasOneMessage();
	}

	@Test
	void lostAnswerToTheSendLeavesOneCopy() {
		useRetryQueue();
		this.containers.service.emulator.faults().onSend("billing-retry").next(1).detach(FaultError.detachForced());
		startFailing();
		send();
		this.containers.advance(Duration.ofMinutes(1));
		assertThat(this.containers.service.emulator.faults().log()).hasSize(1);
		assertThat(this.containers.messages("billing-retry")).hasSize(1);
		assertThat(subscription("billing")).isEmpty();
	}

	@Test
	void messageIsKeptUnderItsLockWhileTheRetryQueueTakesNothing() {
		useRetryQueue();
		this.containers.service.emulator.faults().onSend("billing-retry").always().refuse(FaultError.unauthorized());
		startFailing();
		send();
		this.containers.advance(Duration.ofMinutes(9));
		assertThat(subscription("billing")).singleElement()
			.satisfies((message) -> assertThat(message.isLocked()).isTrue());
		this.containers.advance(Duration.ofMinutes(1));
		assertThat(this.calls).containsExactly("e1 attempt 1", "e1 attempt 2");
	}

	@Test
	void containerIsNotReadyWithoutItsRetryQueue() {
		this.containers.options((options) -> options.failures((failures) -> failures.withRetryQueue("missing")));
		ServiceBusListenerContainer container = startFailing();
		this.containers.advance(Duration.ofSeconds(5));
		assertThat(this.containers.monitor.events()).contains("receiveFailed").doesNotContain("receiving");
		this.containers.stop(container);
	}

	private void useRetryQueue() {
		this.containers.options((options) -> options.failures((failures) -> failures.withRetryQueue("billing-retry")));
	}

	private ServiceBusListenerContainer startFailing() {
		return this.containers.start(ListenerTarget.subscription("events", "billing"), (message, context) -> {
			this.calls.add(message.messageId() + " attempt " + context.attempt());
			throw new IllegalStateException("no stock");
		});
	}

	private void send() {
		this.containers.send("events", ServiceBusMessage.builder().body("body").messageId("e1").build());
	}

	private List<StoredMessage> subscription(String name) {
		return this.containers.service.emulator.subscription("events", name).messages();
	}

	private void assertThatTheOtherSubscriptionHasOneMessage() {
		assertThat(subscription("audit")).singleElement()
			.satisfies((message) -> assertThat(message.messageId()).hasToString("e1"));
	}

}
