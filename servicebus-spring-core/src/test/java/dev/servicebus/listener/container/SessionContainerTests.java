package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.listener.ListenerContext;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SessionContainerTests {

	private final SimulatedSessions sessions = new SimulatedSessions(7);

	private final List<String> handled = new ArrayList<>();

	@AfterEach
	void close() {
		this.sessions.close();
	}

	@Test
	void messagesOfASessionAreHandledInOrder() {
		this.sessions.send("s1", "a", "b", "c");
		this.sessions.start(this::handle);
		this.sessions.run();
		assertThat(this.handled).containsExactly("s1:a", "s1:b", "s1:c");
		assertThat(this.sessions.left()).isZero();
	}

	@Test
	void concurrencySaysHowManySessionsAtOnce() {
		List<CompletableFuture<Void>> open = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			this.sessions.send("s" + i, "a", "b");
		}
		this.sessions.options((options) -> options.concurrency(2)).start((message, context) -> {
			handle(message, context);
			CompletableFuture<Void> end = new CompletableFuture<>();
			open.add(end);
			context.settleAfter(end);
		});
		this.sessions.run();
		assertThat(this.handled).containsExactlyInAnyOrder("s0:a", "s1:a");
		open.remove(0).complete(null);
		this.sessions.run();
		assertThat(this.handled).hasSize(3).contains("s0:b");
	}

	@Test
	void emptySessionMakesPlaceForTheNextAfterTheIdleTimeout() {
		this.sessions.send("s1", "a");
		this.sessions.send("s2", "b");
		this.sessions.sessions((options) -> options.withIdleTimeout(Duration.ofSeconds(5))).start(this::handle);
		this.sessions.advance(Duration.ofMillis(4_500));
		assertThat(this.handled).containsExactly("s1:a");
		this.sessions.advance(Duration.ofSeconds(1));
		assertThat(this.handled).containsExactly("s1:a", "s2:b");
	}

	@Test
	void idleTimeDoesNotRunWhileTheListenerIsBusy() {
		CompletableFuture<Void> end = new CompletableFuture<>();
		this.sessions.send("s1", "a");
		this.sessions.start((message, context) -> {
			handle(message, context);
			if (this.handled.size() == 1) {
				context.settleAfter(end);
			}
		});
		this.sessions.advance(Duration.ofMinutes(10));
		end.complete(null);
		this.sessions.run();
		assertThat(this.sessions.left()).isZero();

		this.sessions.advance(Duration.ofSeconds(9));
		this.sessions.send("s1", "b");
		this.sessions.run();
		assertThat(this.handled).containsExactly("s1:a", "s1:b");
		assertThat(this.sessions.monitor.events()).containsExactly("receiving", "sessionOpened s1");
	}

	@Test
	void failedMessageHoldsUpItsSessionAndNoOther() {
		this.sessions.send("s1", "bad", "next");
		this.sessions.send("s2", "x", "y");
		this.sessions.start((message, context) -> {
			handle(message, context);
			if (message.bodyAsString().equals("bad") && context.attempt() < 3) {
				throw new IllegalStateException("not yet");
			}
		});
		this.sessions.run();
		assertThat(this.handled).containsExactly("s1:bad", "s2:x", "s2:y");
		this.sessions.advance(Duration.ofSeconds(5));
		assertThat(this.handled).containsExactly("s1:bad", "s2:x", "s2:y", "s1:bad", "s1:bad", "s1:next");
		assertThat(this.sessions.left()).isZero();
	}

	@Test
	void sessionGoesOnWhenTheFailedMessageIsDeadLettered() {
		this.sessions.send("s1", "bad", "next");
		this.sessions.start((message, context) -> {
			handle(message, context);
			if (message.bodyAsString().equals("bad")) {
				throw new IllegalStateException("never");
			}
		});
		this.sessions.advance(Duration.ofSeconds(5));
		assertThat(this.handled).containsExactly("s1:bad", "s1:bad", "s1:bad", "s1:next");
		assertThat(this.sessions.service.emulator.queue("orders").deadLetters()).hasSize(1);
	}

	@Test
	void listenerGivesTheSessionBack() {
		this.sessions.send("s1", "a", "b");
		this.sessions.send("s2", "x");
		this.sessions.start((message, context) -> {
			handle(message, context);
			context.session().release();
		});
		this.sessions.run();
		this.sessions.run();
		assertThat(this.handled).startsWith("s1:a").containsExactlyInAnyOrder("s1:a", "s2:x", "s1:b");
		assertThat(this.sessions.left()).isZero();
	}

	@Test
	void stopLeavesNoSessionAndEveryUnfinishedMessage() {
		CompletableFuture<Void> end = new CompletableFuture<>();
		for (int i = 0; i < 4; i++) {
			this.sessions.send("s" + i, "a", "b", "c");
		}
		ServiceBusListenerContainer container = this.sessions.options((options) -> options.concurrency(3).prefetch(2))
			.start((message, context) -> {
				handle(message, context);
				context.settleAfter(end);
			});
		this.sessions.run();
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		container.stop(() -> stopped.complete(null));
		this.sessions.run();
		assertThat(stopped).as("handlers are busy").isNotDone();
		end.complete(null);
		this.sessions.run();

		assertThat(stopped).isDone();
		assertThat(this.handled).hasSize(3);
		assertThat(this.sessions.left()).isEqualTo(9);
		assertThat(this.sessions.consumers()).isZero();
		assertThat(this.sessions.service.emulator.queue("orders").messages())
			.allSatisfy((message) -> assertThat(message.deliveryCount()).isZero());
	}

	@Test
	void restartedContainerGoesOn() {
		this.sessions.send("s1", "a");
		ServiceBusListenerContainer container = this.sessions.start(this::handle);
		this.sessions.run();
		this.sessions.stop(container);
		this.sessions.send("s1", "b");
		this.sessions.run();
		assertThat(this.handled).containsExactly("s1:a");
		container.start();
		this.sessions.run();
		assertThat(this.handled).containsExactly("s1:a", "s1:b");
	}

	@Test
	void pausedContainerTakesNeitherSessionsNorMessages() {
		this.sessions.send("s1", "a");
		ServiceBusListenerContainer container = this.sessions.start(this::handle);
		this.sessions.run();
		container.pause();
		this.sessions.send("s1", "b");
		this.sessions.send("s2", "x");
		this.sessions.run();
		assertThat(this.handled).containsExactly("s1:a");
		container.resume();
		this.sessions.run();
		assertThat(this.handled).containsExactly("s1:a", "s1:b");
	}

	@Test
	void thousandSessionsAreHeldAtOnceWithoutAThreadEach() {
		CompletableFuture<Void> end = new CompletableFuture<>();
		int number = 1_000;
		for (int i = 0; i < number; i++) {
			this.sessions.send("s" + i, "a", "b");
		}
		this.sessions.options((options) -> options.concurrency(number)).start((message, context) -> {
			handle(message, context);
			context.settleAfter(end);
		});
		this.sessions.advance(Duration.ofMinutes(1));
		assertThat(this.handled).hasSize(number).allMatch((entry) -> entry.endsWith(":a"));
		assertThat(this.sessions.consumers()).isEqualTo(number);

		end.complete(null);
		this.sessions.advance(Duration.ofSeconds(2));
		assertThat(this.handled).hasSize(2 * number);
		assertThat(this.sessions.left()).isZero();
	}

	@Test
	void sessionsThatComeAndGoLeaveNothingBehind() {
		ServiceBusListenerContainer container = this.sessions
			.sessions((options) -> options.withIdleTimeout(Duration.ofMillis(100)))
			.options((options) -> options.concurrency(5))
			.start(this::handle);
		for (int round = 0; round < 20; round++) {
			for (int i = 0; i < 10; i++) {
				this.sessions.send("s" + round + "-" + i, "a");
			}
			this.sessions.advance(Duration.ofSeconds(1));
		}
		assertThat(this.handled).hasSize(200);
		assertThat(this.sessions.consumers()).as("links to sessions").isZero();
		assertThat(this.sessions.monitor.events()).filteredOn((event) -> event.endsWith(" IDLE")).hasSize(200);
		this.sessions.stop(container);
	}

	private void handle(ServiceBusReceivedMessage message, ListenerContext context) {
		this.handled.add(message.sessionId() + ":" + message.bodyAsString());
	}

}
