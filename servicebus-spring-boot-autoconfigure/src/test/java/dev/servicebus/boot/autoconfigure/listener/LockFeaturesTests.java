package dev.servicebus.boot.autoconfigure.listener;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.listener.MessageLock;
import dev.servicebus.listener.Settlement;
import dev.servicebus.listener.event.ListenerEvent;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Locks of 30 seconds, in virtual time.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LockFeaturesTests {

	private final VirtualTime time = new VirtualTime();

	private final ListenerApplication application = this.time.application(Slow.class)
		.with("servicebus.emulator.queues.orders.lock-duration=30s",
				"servicebus.emulator.queues.busy.lock-duration=30s",
				"servicebus.emulator.queues.letters.lock-duration=30s",
				"servicebus.emulator.queues.baskets.lock-duration=30s",
				"servicebus.emulator.queues.baskets.requires-session=true");

	@Test
	void lockIsRenewedWhenHalfOfItHasPassedForAsLongAsTheListenerIsBusy() {
		this.application.run((application) -> {
			this.time.send(application, "orders", "order");
			Instant first = lockedUntil(application);
			this.time.advance(Duration.ofSeconds(14));
			assertThat(lockedUntil(application)).isEqualTo(first);
			this.time.advance(Duration.ofSeconds(2));
			assertThat(lockedUntil(application)).isCloseTo(first.plusSeconds(15), within(1, ChronoUnit.SECONDS));
			this.time.advance(Duration.ofMinutes(10));
			application.bean(Slow.class).end.complete(null);
			this.time.run();
			assertThat(application.messages("orders")).isEmpty();
			assertThat(application.bean(Slow.class).handled).containsExactly("order");
		});
	}

	@Test
	void lockIsNotRenewedLongerThanTheListenerMayTake() {
		this.application.with("servicebus.listener.max-lock-renewal=1m").run((application) -> {
			Slow slow = application.bean(Slow.class);
			this.time.send(application, "orders", "order");
			this.time.advance(Duration.ofSeconds(50));
			assertThat(slow.locks.get(0).isLost()).isFalse();
			this.time.advance(Duration.ofSeconds(50));
			assertThat(slow.locks.get(0).isLost()).isTrue();
			assertThat(slow.events).containsExactly("LockExpiring", "LockLost");
			assertThat(slow.handled).containsExactly("order", "onLost");
		});
	}

	@Test
	void lostMessageDoesNotWaitBehindItsOwnListenerWhileOthersCouldHaveIt() {
		this.application.with("servicebus.listener.max-lock-renewal=1m").run((application) -> {
			Slow slow = application.bean(Slow.class);
			this.time.send(application, "orders", "order");
			this.time.advance(Duration.ofMinutes(3));
			assertThat(slow.locks.get(0).isLost()).isTrue();
			assertThat(application.available("orders")).isOne();
			slow.end.complete(null);
			this.time.run();
			assertThat(slow.handled).containsExactly("order", "onLost", "order");
			assertThat(application.messages("orders")).isEmpty();
		});
	}

	@Test
	void listenerKnowsItsLockAndRenewsItBeyondThatTime() {
		this.application.with("servicebus.listener.max-lock-renewal=20s").run((application) -> {
			this.time.send(application, "orders", "order");
			MessageLock lock = application.bean(Slow.class).locks.get(0);
			for (int i = 0; i < 12; i++) {
				this.time.advance(Duration.ofSeconds(10));
				lock.renewAsync();
				this.time.run();
				assertThat(lock.lockedUntil().toInstant()).isEqualTo(lockedUntil(application))
					.isAfter(this.time.now().plusSeconds(29));
			}
			assertThat(lock.isLost()).isFalse();
			assertThat(application.bean(Slow.class).events).doesNotContain("LockLost");
		});
	}

	@Test
	void nothingIsSettledAfterTheLockIsLost() {
		this.application.with("servicebus.listener.max-lock-renewal=0s").run((application) -> {
			Slow slow = application.bean(Slow.class);
			this.time.send(application, "orders", "order");
			application.container("orders").pause();
			this.time.advance(Duration.ofSeconds(31));
			// Would take the first settlement that comes after all.
			application.emulator().faults().onSettle("orders").refuse(FaultError.messageLockLost());
			slow.end.complete(null);
			this.time.run();
			assertThat(slow.events).containsExactly("LockExpiring", "LockLost", "ResultDiscarded");
			assertThat(application.emulator().faults().log()).isEmpty();
			assertThat(application.available("orders")).isOne();
		});
	}

	@Test
	void lockThatCannotBeRenewedIsAnnouncedWithWhatTheListenerDoesAndThenLost() {
		this.application.change((runner) -> runner.withBean(Busy.class, () -> new Busy(this.time)))
			.run((application) -> {
				application.emulator()
					.faults()
					.onRequest("busy", "com.microsoft:renew-lock")
					.always()
					.refuse(FaultError.internalError());
				this.time.send(application, "busy", "order");
				Busy busy = application.bean(Busy.class);
				assertThat(busy.expiring.get(0).stack()).extracting(StackTraceElement::getMethodName)
					.contains("computeForTwoMinutes");
				assertThat(application.bean(Slow.class).events).containsSubsequence("LockExpiring", "LockLost",
						"ResultDiscarded");
			});
	}

	@Test
	void messageThatWaitsUntilItsLockHasRunOutIsNotHandled() {
		this.application.with("servicebus.listener.max-lock-renewal=0s", "servicebus.listeners.orders.prefetch=1")
			.run((application) -> {
				Slow slow = application.bean(Slow.class);
				this.time.send(application, "orders", "slow", "waits");
				application.container("orders").pause();
				this.time.advance(Duration.ofSeconds(31));
				slow.end.complete(null);
				this.time.run();
				assertThat(slow.handled).containsExactly("slow", "onLost");
				assertThat(application.available("orders")).isEqualTo(2);
				application.container("orders").resume();
				this.time.run();
				assertThat(slow.handled).containsExactlyInAnyOrder("slow", "onLost", "slow", "waits");
				assertThat(application.messages("orders")).isEmpty();
			});
	}

	@Test
	void messageThatNobodySettlesFreesItsPlaceWhenItsLockRunsOut() {
		this.application.with(Forgetful.class).with("servicebus.listener.max-lock-renewal=0s").run((application) -> {
			this.time.send(application, "letters", "forgotten", "next");
			Forgetful forgetful = application.bean(Forgetful.class);
			assertThat(forgetful.handled).containsExactly("forgotten");
			this.time.advance(Duration.ofMinutes(2));
			assertThat(forgetful.handled).containsExactlyInAnyOrder("forgotten", "forgotten", "next");
			assertThat(application.messages("letters")).isEmpty();
		});
	}

	@Test
	void lockInASessionIsThatOfTheSession() {
		this.application.run((application) -> {
			application.template().to("baskets").body("basket").sessionId("s").sendAsync();
			this.time.run();
			MessageLock lock = application.bean(Slow.class).locks.get(0);
			Instant first = lock.lockedUntil().toInstant();
			this.time.advance(Duration.ofMinutes(5));
			assertThat(lock.isLost()).isFalse();
			assertThat(lock.lockedUntil().toInstant()).isAfter(first.plusSeconds(250))
				.isEqualTo(application.emulator().queue("baskets").sessions().get(0).lockedUntil());
		});
	}

	private static Instant lockedUntil(RunningApplication application) {
		return application.messages("orders").get(0).lockedUntil();
	}

	/** Its messages are handled when the test says so. */
	static class Slow {

		final List<String> handled = new ArrayList<>();

		final List<String> events = new ArrayList<>();

		final List<MessageLock> locks = new ArrayList<>();

		final CompletableFuture<Void> end = new CompletableFuture<>();

		@ServiceBusListener(id = "orders", queue = "orders")
		CompletableFuture<Void> handle(String order, MessageLock lock) {
			this.handled.add(order);
			this.locks.add(lock);
			lock.onLost(() -> this.handled.add("onLost"));
			return this.end;
		}

		@ServiceBusListener(queue = "baskets", sessions = "true")
		CompletableFuture<Void> handleBasket(String basket, MessageLock lock) {
			return handle(basket, lock);
		}

		@EventListener
		void on(ListenerEvent event) {
			String name = event.getClass().getSimpleName();
			if (name.startsWith("Lock") || name.startsWith("Result")) {
				this.events.add(name);
			}
		}

	}

	/** Takes two minutes for its first message. */
	static class Busy {

		final List<ListenerEvent.LockExpiring> expiring = new ArrayList<>();

		private final VirtualTime time;

		Busy(VirtualTime time) {
			this.time = time;
		}

		@ServiceBusListener(queue = "busy")
		void handle(ServiceBusReceivedMessage message) {
			if (this.expiring.isEmpty() && message.deliveryCount() == 0) {
				computeForTwoMinutes();
			}
		}

		private void computeForTwoMinutes() {
			this.time.pass(Duration.ofMinutes(2));
		}

		@EventListener
		void on(ListenerEvent.LockExpiring event) {
			this.expiring.add(event);
		}

	}

	/** Does not settle its first message. */
	static class Forgetful {

		final List<String> handled = new ArrayList<>();

		@ServiceBusListener(queue = "letters", settlement = "manual")
		void handle(String letter, Settlement settlement) {
			this.handled.add(letter);
			if (this.handled.size() > 1) {
				settlement.complete();
			}
		}

	}

}
