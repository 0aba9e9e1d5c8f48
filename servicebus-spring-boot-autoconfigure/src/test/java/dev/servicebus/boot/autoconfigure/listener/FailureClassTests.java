package dev.servicebus.boot.autoconfigure.listener;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.Settlement;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Listeners that misbehave, of which only their own message takes notice.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class FailureClassTests {

	private final ListenerApplication application = ListenerApplication.of(Listeners.class);

	@Test
	void listenerThatInterruptsItselfGivesItsMessageBackAndTheNextOneKnowsNothingOfIt() {
		this.application.run((application) -> {
			application.send("interrupting", "order");
			assertThat(application.nextCall()).containsExactly(0L, false);
			assertThat(application.nextCall()).containsExactly(1L, false);
			application.awaitCompleted("interrupting");
		});
	}

	@Test
	void listenersThatSendAndSettleAndWaitForItAreNotShortOfThreads() {
		this.application.run((application) -> {
			application.send("busy", IntStream.range(0, 200).boxed().toArray());
			application.awaitCompleted("busy");
			assertThat(application.messages("done")).hasSize(200);
		});
	}

	@Test
	void messageThatCannotBeConvertedIsDeadLetteredAtOnceAndTheNextOneHandled() {
		this.application.run((application) -> {
			application.to("converted").body("{ no json").contentType("application/json").send();
			application.send("converted", new Order(1));
			assertThat(application.nextCall()).containsExactly(new Order(1));
			assertThat(application.deadLetter("converted")).satisfies((message) -> {
				assertThat(message.deadLetterReason()).endsWith("MessageConversionException");
				assertThat(message.deliveryCount()).isLessThanOrEqualTo(1);
			});
			assertThat(application.bean(Listeners.class).converted).hasValue(1);
		});
	}

	@Test
	void errorCostsItsMessageOneAttemptAndNotTheListener() {
		this.application.run((application) -> {
			application.send("failing", 1, 2, 3);
			for (int i = 1; i <= 3; i++) {
				assertThat(application.nextCall()).containsExactly(1);
			}
			for (int i = 1; i <= 3; i++) {
				assertThat(application.nextCall()).containsExactly(2);
			}
			application.awaitCompleted("failing");
		});
	}

	@Test
	void listenerThatBlocksForEverCostsItsOwnMessageAndPermitOnly() {
		this.application.run((application) -> {
			application.send("blocking", IntStream.range(0, 20).boxed().toArray());
			application.awaitMessages("blocking", 1);
			assertThat(application.container("blocking").state().receiving()).isTrue();
			application.stop();
			await().until(() -> application.available("blocking") == 1);
		});
	}

	record Order(int number) {

	}

	static class Listeners {

		final AtomicInteger converted = new AtomicInteger();

		private final Turnstile turnstile = new Turnstile();

		private final Calls calls;

		private final ServiceBusTemplate template;

		Listeners(Calls calls, ServiceBusTemplate template) {
			this.calls = calls;
			this.template = template;
		}

		@ServiceBusListener(queue = "interrupting")
		void interrupting(ServiceBusReceivedMessage message) {
			this.calls.add(message.deliveryCount(), Thread.currentThread().isInterrupted());
			if (message.deliveryCount() == 0) {
				Thread.currentThread().interrupt();
			}
		}

		@ServiceBusListener(queue = "busy", concurrency = "16", settlement = "manual")
		void busy(int number, Settlement settlement) throws Exception {
			this.template.send("done", number);
			settlement.complete().get(20, TimeUnit.SECONDS);
		}

		@ServiceBusListener(queue = "failing", concurrency = "3", retry = "fixed 500ms, attempts 2, jitter 0")
		void failing(int number, ListenerContext context) {
			this.calls.add(context.attempt());
			if (context.attempt() == 1) {
				throw List.of(new StackOverflowError(), new NoClassDefFoundError("a/B"), new AssertionError("wrong"))
					.get(number - 1);
			}
		}

		@ServiceBusListener(id = "blocking", queue = "blocking", concurrency = "2",
				properties = "shutdownTimeout=200ms")
		void blocking(int number) throws InterruptedException {
			if (number == 0) {
				this.turnstile.pass();
			}
		}

		@ServiceBusListener(queue = "converted")
		void converted(Order order) {
			this.converted.incrementAndGet();
			this.calls.add(order);
		}

	}

}
