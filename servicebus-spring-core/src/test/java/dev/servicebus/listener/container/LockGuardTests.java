package dev.servicebus.listener.container;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.listener.MessageLock;
import dev.servicebus.listener.SettlementMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said and done about locks that run out, with client and broker, in virtual
 * time.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LockGuardTests {

	private final SimulatedQueue queue = new SimulatedQueue(11);

	private final List<String> handled = new ArrayList<>();

	@AfterEach
	void close() {
		this.queue.close();
	}

	@Test
	void endOfALockIsAnnouncedAQuarterBeforeWithTheStackOfTheListener() {
		this.queue.send("slow");
		List<Duration> announced = new ArrayList<>();
		this.queue.start((options) -> options.maxLockRenewal(Duration.ofMinutes(1)), (message, context) -> {
			if (message.deliveryCount() > 0) {
				return;
			}
			long began = this.queue.timer.nanoTime();
			for (int i = 0; i < 1_000 && !context.isLockLost(); i++) {
				this.queue.service.advance(Duration.ofMillis(250));
				if (this.queue.monitor.events().contains("lockExpiring") && announced.isEmpty()) {
					announced.add(Duration.ofNanos(this.queue.timer.nanoTime() - began));
				}
			}
			announced.add(Duration.ofNanos(this.queue.timer.nanoTime() - began));
		});
		assertThat(this.queue.monitor.events()).containsExactly("receiving", "lockExpiring", "lockLost",
				"resultDiscarded");
		assertThat(this.queue.monitor.stacks().get(0)).extracting(StackTraceElement::getClassName)
			.anyMatch((name) -> name.startsWith(LockGuardTests.class.getName()));
		Duration notice = announced.get(1).minus(announced.get(0));
		assertThat(notice).isCloseTo(SimulatedQueue.LOCK.dividedBy(4), Duration.ofSeconds(1));
		assertThat(announced.get(1)).isGreaterThan(Duration.ofMinutes(1));
	}

	@Test
	void lockThatTheListenerRenewsByItselfIsAnnouncedOnceAndKept() {
		this.queue.send("long");
		CompletableFuture<Void> end = new CompletableFuture<>();
		List<MessageLock> locks = new ArrayList<>();
		this.queue.start((options) -> options.maxLockRenewal(Duration.ofSeconds(20)), (message, context) -> {
			locks.add(context.lock());
			context.settleAfter(end);
		});
		for (int i = 0; i < 12; i++) {
			this.queue.advance(Duration.ofSeconds(10));
			assertThat(this.queue.service.await(locks.get(0).renewAsync())).isEqualTo(locks.get(0).lockedUntil());
		}
		assertThat(this.queue.monitor.events()).doesNotContain("lockLost");
		end.complete(null);
		this.queue.run();
		assertThat(this.queue.left()).isZero();
	}

	@Test
	void lockThatIsNeverRenewedIsAnnouncedAndLost() {
		this.queue.send("slow");
		CompletableFuture<Void> end = new CompletableFuture<>();
		this.queue.start((options) -> options.maxLockRenewal(Duration.ZERO), (message, context) -> {
			this.handled.add(message.bodyAsString());
			context.settleAfter(end);
		});
		this.queue.advance(Duration.ofSeconds(21));
		assertThat(this.queue.monitor.events()).containsExactly("receiving");
		this.queue.advance(Duration.ofSeconds(2));
		assertThat(this.queue.monitor.events()).containsExactly("receiving", "lockExpiring");
		assertThat(this.queue.monitor.stacks()).containsExactly(List.of());
		this.queue.advance(Duration.ofSeconds(8));
		assertThat(this.queue.monitor.events()).containsExactly("receiving", "lockExpiring", "lockLost");
	}

	@Test
	void lockThatCannotBeRenewedIsAnnouncedBeforeItIsLost() {
		this.queue.send("slow");
		CompletableFuture<Void> end = new CompletableFuture<>();
		this.queue.start((options) -> options, (message, context) -> context.settleAfter(end));
		this.queue.service.emulator.close();
		this.queue.advance(Duration.ofSeconds(29));
		assertThat(this.queue.monitor.events()).contains("lockExpiring").doesNotContain("lockLost");
		this.queue.advance(Duration.ofSeconds(5));
		assertThat(this.queue.monitor.events()).containsSubsequence("lockExpiring", "lockLost");
	}

	@Test
	void lockOfASessionIsThatOfItsMessages() {
		try (SimulatedSessions sessions = new SimulatedSessions(5)) {
			List<MessageLock> locks = new ArrayList<>();
			CompletableFuture<Void> end = new CompletableFuture<>();
			sessions.send("s1", "slow");
			sessions.options((options) -> options.maxLockRenewal(Duration.ofSeconds(40))).start((message, context) -> {
				locks.add(context.lock());
				assertThat(context.lock().lockedUntil()).isEqualTo(context.session().session().lockedUntil());
				context.settleAfter(end);
			});
			OffsetDateTime first = locks.get(0).lockedUntil();
			sessions.advance(Duration.ofSeconds(16));
			assertThat(locks.get(0).lockedUntil()).isAfter(first.plusSeconds(10));
			sessions.advance(Duration.ofSeconds(20));
			assertThat(sessions.monitor.events()).doesNotContain("lockExpiring");
			sessions.advance(Duration.ofSeconds(3));
			assertThat(sessions.monitor.events()).containsOnlyOnce("lockExpiring");
			sessions.service.await(locks.get(0).renewAsync());
			sessions.advance(Duration.ofSeconds(20));
			assertThat(locks.get(0).isLost()).isFalse();
			sessions.advance(Duration.ofSeconds(20));
			assertThat(locks.get(0).isLost()).isTrue();
		}
	}

	@Test
	void listenerThatOutlivesItsMessagesHoldsUpOnlyAsManyAsItHas() {
		this.queue.send("slow", "other", "other");
		List<CompletableFuture<Void>> ends = new ArrayList<>();
		this.queue.start((options) -> options.maxLockRenewal(Duration.ZERO).concurrency(2), (message, context) -> {
			this.handled.add(message.bodyAsString());
			if (message.bodyAsString().equals("slow") && ends.isEmpty()) {
				ends.add(new CompletableFuture<>());
				context.settleAfter(ends.get(0));
			}
		});
		this.queue.advance(Duration.ofSeconds(31));
		this.queue.send("other", "other");
		this.queue.advance(Duration.ofSeconds(1));
		assertThat(this.handled).containsExactlyInAnyOrder("slow", "other", "other", "slow", "other", "other");
		assertThat(this.queue.left()).isZero();
		ends.get(0).complete(null);
		this.queue.run();
		this.queue.send("other");
		this.queue.run();
		assertThat(this.queue.left()).isZero();
	}

	@Test
	void messageThatWaitedUntilItsLockRanOutIsNotHandled() {
		this.queue.send("slow", "waits");
		CompletableFuture<Void> end = new CompletableFuture<>();
		ServiceBusListenerContainer container = this.queue
			.start((options) -> options.maxLockRenewal(Duration.ZERO).prefetch(1), (message, context) -> {
				this.handled.add(message.bodyAsString());
				context.settleAfter(end);
			});
		container.pause();
		this.queue.advance(Duration.ofSeconds(31));
		end.complete(null);
		this.queue.run();
		assertThat(this.handled).containsExactly("slow");
		assertThat(this.queue.left()).isEqualTo(2);
		container.resume();
		this.queue.run();
		assertThat(this.handled).containsExactlyInAnyOrder("slow", "slow", "waits");
	}

	@Test
	void messageThatNobodySettlesFreesItsPlaceWhenItsLockRunsOut() {
		this.queue.send("forgotten", "next");
		this.queue.start((options) -> options.settlement(SettlementMode.MANUAL).maxLockRenewal(Duration.ofSeconds(20)),
				(message, context) -> {
					this.handled.add(message.bodyAsString());
					if (this.handled.size() > 1) {
						context.settlement().complete();
					}
				});
		assertThat(this.handled).containsExactly("forgotten");
		this.queue.advance(Duration.ofMinutes(1));
		assertThat(this.handled).hasSize(3).contains("next");
		assertThat(this.queue.monitor.events()).containsExactly("receiving", "lockExpiring", "lockLost");
		assertThat(this.queue.left()).isZero();
	}

}
