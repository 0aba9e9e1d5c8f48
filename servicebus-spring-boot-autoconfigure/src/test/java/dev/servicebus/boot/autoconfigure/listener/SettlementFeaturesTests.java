package dev.servicebus.boot.autoconfigure.listener;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.client.Disposition;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.emulator.store.MessageState;
import dev.servicebus.listener.AbandonMessageException;
import dev.servicebus.listener.CompleteMessageException;
import dev.servicebus.listener.DeadLetterMessageException;
import dev.servicebus.listener.DeferMessageException;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.Settlement;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the broker has of a message once a listener has had it.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SettlementFeaturesTests {

	private final ListenerApplication application = ListenerApplication.of(Orders.class, Settled.class);

	@Test
	void messageIsCompletedWhenTheListenerReturns() {
		this.application.run((application) -> {
			application.send("orders", "order");
			assertThat(application.bean(Settled.class).next()).isEqualTo("orders order Complete[]");
			assertThat(application.messages("orders")).isEmpty();
		});
	}

	@Test
	void manualListenerMaySettleAfterItsReturn() {
		this.application.run((application) -> {
			application.send("by-hand", "order");
			Settlement settlement = application.bean(Orders.class).settlements.poll(30, TimeUnit.SECONDS);
			assertThat(application.locked("by-hand")).isOne();
			assertThat(settlement.deadLetter("Spoilt", "two weeks old")).succeedsWithin(RunningApplication.PATIENCE);
			assertThat(application.messages("by-hand")).isEmpty();
			assertThat(application.emulator().queue("by-hand").deadLetters()).singleElement()
				.satisfies((letter) -> assertThat(letter.deadLetterReason()).isEqualTo("Spoilt"))
				.satisfies((letter) -> assertThat(letter.deadLetterErrorDescription()).isEqualTo("two weeks old"));
		});
	}

	@Test
	void messageThatIsDeletedOnDeliveryIsNotThereWhileItIsHandled() {
		this.application.run((application) -> {
			application.send("gone", "order");
			application.bean(Orders.class).turnstile.awaitBegun(1);
			assertThat(application.messages("gone")).isEmpty();
			application.bean(Orders.class).turnstile.open();
		});
	}

	static Stream<Arguments> settlements() {
		return Stream.of(settlement("complete", Settlement::complete), settlement("abandon", Settlement::abandon),
				settlement("dead-letter", (settlement) -> settlement.deadLetter("Spoilt", "two weeks old")),
				settlement("defer", Settlement::defer));
	}

	private static Arguments settlement(String how, Function<Settlement, CompletableFuture<Void>> settle) {
		return Arguments.of(how, settle);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("settlements")
	void listenerSettlesItsMessage(String how, Function<Settlement, CompletableFuture<Void>> settle) {
		this.application.run((application) -> {
			application.bean(Orders.class).settle = settle;
			application.send("orders", "order");
			assertSettled(application, how);
		});
	}

	static Stream<Arguments> exceptions() {
		return Stream.of(Arguments.of("complete", new CompleteMessageException("seen before")),
				Arguments.of("abandon", new AbandonMessageException("not mine")),
				Arguments.of("dead-letter", new DeadLetterMessageException("Spoilt", "two weeks old")),
				Arguments.of("defer", new DeferMessageException("too early")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("exceptions")
	void listenerThrowsWhatShallBecomeOfItsMessage(String how, RuntimeException thrown) {
		this.application.run((application) -> {
			application.bean(Orders.class).settle = (settlement) -> {
				throw new IllegalStateException(thrown);
			};
			application.send("orders", "order");
			assertSettled(application, how);
		});
	}

	private static void assertSettled(RunningApplication application, String how) throws InterruptedException {
		String settled = application.bean(Settled.class).next();
		List<StoredMessage> left = application.messages("orders");
		List<StoredMessage> deadLetters = application.emulator().queue("orders").deadLetters();
		switch (how) {
			case "complete" -> {
				assertThat(left).isEmpty();
				assertThat(deadLetters).isEmpty();
			}
			case "abandon" -> {
				assertAbandonedAndThenCompleted(settled, application.bean(Settled.class).next());
				assertThat(application.bean(Orders.class).deliveryCounts).containsExactly(0L, 1L);
			}
			case "dead-letter" -> assertThat(deadLetters).singleElement()
				.extracting(StoredMessage::deadLetterReason, StoredMessage::deadLetterErrorDescription)
				.containsExactly("Spoilt", "two weeks old");
			default -> assertThat(left).extracting(StoredMessage::state).containsExactly(MessageState.DEFERRED);
		}
	}

	/**
	 * The second delivery is completed. What the listener does itself and what the
	 * container does are confirmed on different threads, so either may be told first.
	 */
	private static void assertAbandonedAndThenCompleted(String... settled) {
		assertThat(settled).contains("orders order Complete[]")
			.anyMatch((event) -> event.startsWith("orders order Abandon"));
	}

	@Test
	void abandonedMessageComesAgainWithTheChangedProperties() {
		this.application.run((application) -> {
			application.bean(Orders.class).settle = (settlement) -> settlement.abandon(Map.of("tried-by", "kitchen"));
			application.send("orders", "order");
			Settled settled = application.bean(Settled.class);
			assertAbandonedAndThenCompleted(settled.next(), settled.next());
			assertThat(application.bean(Orders.class).triedBy).containsExactly("nobody", "kitchen");
		});
	}

	@Test
	void settlementThatTheBrokerRefusesIsReportedAndTheNextMessageHandled() {
		this.application.run((application) -> {
			application.emulator().faults().onSettle("orders").refuse(FaultError.messageLockLost());
			application.send("orders", "order");
			assertThat(application.bean(Settled.class).next()).isEqualTo("failed orders order Complete[]");
			application.send("orders", "next");
			assertThat(application.bean(Settled.class).next()).isEqualTo("orders next Complete[]");
		});
	}

	@Test
	void listenerGoesOnWhileTheBrokerHasNotConfirmedYet() {
		this.application.with("servicebus.listeners.orders.prefetch=9").run((application) -> {
			application.emulator().faults().onSettle("orders").always().delayAnswer(Duration.ofMinutes(10));
			application.send("orders", 1, 2, 3, 4, 5);
			for (int i = 0; i < 5; i++) {
				assertThat(application.bean(Orders.class).deliveryCounts.poll(30, TimeUnit.SECONDS)).isZero();
			}
			assertThat(application.bean(Settled.class).reports).isEmpty();
			await().until(() -> application.emulator().faults().log().size() == 5);
			application.emulator().clock().advance(Duration.ofMinutes(10));
			for (int i = 0; i < 5; i++) {
				assertThat(application.bean(Settled.class).next()).endsWith("Complete[]");
			}
		});
	}

	@Test
	void messageIsSettledAlthoughItsLinkIsLostMeanwhile() {
		this.application.run((application) -> {
			application.emulator().faults().onSettle("orders").detach(FaultError.detachForced());
			application.send("orders", "order");
			assertThat(application.bean(Settled.class).next()).isEqualTo("orders order Complete[]");
			assertThat(application.messages("orders")).isEmpty();
			application.send("orders", "next");
			assertThat(application.bean(Settled.class).next()).isEqualTo("orders next Complete[]");
		});
	}

	static class Orders {

		final Turnstile turnstile = new Turnstile();

		final BlockingQueue<Settlement> settlements = new LinkedBlockingQueue<>();

		final BlockingQueue<Long> deliveryCounts = new LinkedBlockingQueue<>();

		final BlockingQueue<Object> triedBy = new LinkedBlockingQueue<>();

		volatile Function<Settlement, CompletableFuture<Void>> settle = (settlement) -> null;

		@ServiceBusListener(id = "orders", queue = "orders")
		void handle(ServiceBusReceivedMessage message, Settlement settlement) {
			this.deliveryCounts.add(message.deliveryCount());
			this.triedBy.add(message.applicationProperties().getOrDefault("tried-by", "nobody"));
			if (message.deliveryCount() == 0) {
				this.settle.apply(settlement);
			}
		}

		@ServiceBusListener(queue = "by-hand", settlement = "manual")
		void handleByHand(String order, Settlement settlement) {
			this.settlements.add(settlement);
		}

		@ServiceBusListener(queue = "gone", settlement = "receive-and-delete")
		void handleGone(String order) throws InterruptedException {
			this.turnstile.pass();
		}

	}

	/** Hears what the broker has confirmed or refused. */
	static class Settled implements ListenerMonitor {

		private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();

		@Override
		public void settled(String listenerId, ServiceBusReceivedMessage message, Disposition disposition) {
			this.reports.add(listenerId + " " + message.bodyAsString() + " " + disposition);
		}

		@Override
		public void settlementFailed(String listenerId, ServiceBusReceivedMessage message, Disposition disposition,
				Throwable failure) {
			this.reports.add("failed " + listenerId + " " + message.bodyAsString() + " " + disposition);
		}

		String next() throws InterruptedException {
			String report = this.reports.poll(30, TimeUnit.SECONDS);
			assertThat(report).as("a report about a settlement").isNotNull();
			return report;
		}

	}

}
