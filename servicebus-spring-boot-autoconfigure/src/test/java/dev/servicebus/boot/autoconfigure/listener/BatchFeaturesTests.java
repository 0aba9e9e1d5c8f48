package dev.servicebus.boot.autoconfigure.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.listener.Interception;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerInterceptor;
import dev.servicebus.listener.MessageFilter;
import dev.servicebus.listener.Outcome;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When batches begin, how many there are at once, and what becomes of their messages, in
 * an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BatchFeaturesTests {

	private static final Duration WAIT = Duration.ofSeconds(20);

	private final ListenerApplication application = ListenerApplication.of(Listeners.class)
		.with("servicebus.listener.batch.size=3", "servicebus.listener.batch.max-wait=20s")
		.withTimeOfTheEmulator();

	@Test
	void fullBatchIsHandledAtOnce() {
		this.application.run((application) -> {
			application.send("plain", 1, 2, 3);
			assertThat(application.nextCall()).containsExactly(1, 2, 3);
			application.awaitCompleted("plain");
		});
	}

	@Test
	void batchIsHandledWhenItsFirstMessageHasWaitedLongEnough() {
		this.application.run((application) -> {
			application.send("plain", 1);
			application.time().awaitTask(WAIT);
			application.time().advance(WAIT.minusMillis(1));
			assertThat(application.bean(Calls.class).isEmpty()).isTrue();
			application.time().advance(Duration.ofMillis(1));
			assertThat(application.nextCall()).containsExactly(1);
			application.awaitCompleted("plain");
		});
	}

	@Test
	void creditIsForTheBatchesThatCanBeHandledAndThePrefetch() {
		this.application.run((application) -> {
			application.send("busy", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
			assertThat(application.nextCall()).hasSize(3);
			assertThat(application.nextCall()).hasSize(3);
			await().atMost(RunningApplication.PATIENCE)
				.untilAsserted(() -> assertThat(application.emulator().queue("busy").counts().locked()).isEqualTo(8));
			assertThat(application.bean(Calls.class).isEmpty()).as("two batches at once").isTrue();
			application.bean(Listeners.class).end.complete(null);
			assertThat(application.nextCall()).hasSize(3);
			assertThat(application.nextCall()).hasSize(3);
			application.awaitCompleted("busy");
		});
	}

	@Test
	void failureOfTheBatchIsOneOfEachMessage() {
		this.application.run((application) -> {
			application.send("failing", 1, 2, 3);
			assertThat(application.nextCall()).containsExactly(1, 2, 3);
			application.time().awaitTask(Duration.ofSeconds(5));
			assertThat(application.messages("failing")).hasSize(3).allMatch(StoredMessage::isLocked);
			application.time().advance(Duration.ofSeconds(5));
			assertThat(application.nextCall()).containsExactly(1, 2, 3);
			assertThat(application.deadLetters("failing", 3)).allSatisfy((message) -> {
				assertThat(message.deadLetterReason()).isEqualTo("java.lang.IllegalStateException");
				assertThat(message.deadLetterErrorDescription()).isEqualTo("no database");
			});
			application.awaitMessages("failing", 0);
		});
	}

	@Test
	void stopGivesBackWhatHasNotBegun() {
		this.application.run((application) -> {
			application.send("plain", 1, 2);
			application.time().awaitTask(WAIT);
			application.stop();
			assertThat(application.messages("plain")).hasSize(2)
				.allSatisfy((message) -> assertThat(message.deliveryCount()).isZero())
				.noneMatch(StoredMessage::isLocked);
			assertThat(application.bean(Calls.class).isEmpty()).isTrue();
		});
	}

	@Test
	void stopHandlesWhatWasDeletedOnDelivery() {
		this.application.run((application) -> {
			application.send("deleted", 1, 2);
			application.time().awaitTask(WAIT);
			application.awaitCompleted("deleted");
			application.stop();
			assertThat(application.nextCall()).containsExactly(1, 2);
		});
	}

	@Test
	void eachMessagePassesTheInterceptors() {
		this.application.with(Odd.class).run((application) -> {
			application.send("plain", 1, 2, 3);
			assertThat(application.nextCall()).containsExactly("end of 2");
			assertThat(application.nextCall()).containsExactly(1, 3);
			assertThat(application.nextCall()).containsExactly("end of 1");
			assertThat(application.nextCall()).containsExactly("end of 3");
			application.awaitCompleted("plain");
		});
	}

	@Test
	void filterCompletesWhatItDoesNotAccept() {
		this.application.with(OnlyOdd.class).with("filter=odd").run((application) -> {
			application.send("filtered", 1, 2, 3);
			assertThat(application.nextCall()).containsExactly(1, 3);
			application.awaitCompleted("filtered");
		});
	}

	static class Listeners {

		private final CompletableFuture<Void> end = new CompletableFuture<>();

		private final Calls calls;

		Listeners(Calls calls) {
			this.calls = calls;
		}

		@ServiceBusListener(queue = "plain")
		void plain(List<Integer> numbers) {
			this.calls.add(numbers.toArray());
		}

		@ServiceBusListener(queue = "filtered", filter = "${filter:}")
		void filtered(List<Integer> numbers) {
			this.calls.add(numbers.toArray());
		}

		@ServiceBusListener(queue = "busy", concurrency = "2", prefetch = "2")
		CompletableFuture<Void> busy(List<Integer> numbers) {
			this.calls.add(numbers.toArray());
			return this.end;
		}

		@ServiceBusListener(queue = "failing", retry = "fixed 5s jitter 0, attempts 2")
		void failing(List<Integer> numbers) {
			this.calls.add(numbers.toArray());
			throw new IllegalStateException("no database");
		}

		@ServiceBusListener(queue = "deleted", settlement = "receive-and-delete")
		void deleted(List<Integer> numbers) {
			this.calls.add(numbers.toArray());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OnlyOdd {

		@Bean
		MessageFilter odd() {
			return (message) -> Integer.parseInt(message.bodyAsString()) % 2 != 0;
		}

	}

	record Odd(Calls calls) implements ListenerInterceptor {

		@Override
		public Interception before(ServiceBusReceivedMessage message, ListenerContext context) {
			boolean odd = Integer.parseInt(message.bodyAsString()) % 2 != 0;
			return odd ? Interception.proceed(message) : Interception.skip(Outcome.complete());
		}

		@Override
		public void after(ServiceBusReceivedMessage message, ListenerContext context, Throwable error) {
			this.calls.add("end of " + message.bodyAsString());
		}

	}

}
