package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SessionFailurePolicy;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a session whose message cannot be handled, and of one that is lost.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SessionFailureTests {

	private final SimulatedSessions sessions = new SimulatedSessions(11);

	private final List<String> handled = new ArrayList<>();

	@AfterEach
	void close() {
		this.sessions.close();
	}

	@Test
	void skipDeadLettersAtTheFirstFailure() {
		this.sessions.send("s1", "bad", "next");
		policy(SessionFailurePolicy.SKIP).start(this::handle);
		this.sessions.run();
		assertThat(this.handled).containsExactly("s1:bad", "s1:next");
		assertThat(this.sessions.service.emulator.queue("orders").deadLetters()).hasSize(1);
	}

	@Test
	void holdKeepsTheSessionThroughWaitsThatAreLongerThanItsLock() {
		this.sessions.send("s1", "bad", "next");
		policy(SessionFailurePolicy.HOLD).options((options) -> options.retry((retry) -> retry.mutate()
			.delay(Duration.ofMinutes(5))
			.maxDelay(Duration.ofMinutes(5))
			.jitter(0)
			.maxAttempts(2)
			.build())).start(this::handle);
		this.sessions.advance(Duration.ofMinutes(4));
		assertThat(this.handled).containsExactly("s1:bad");
		this.sessions.advance(Duration.ofMinutes(2));
		assertThat(this.handled).containsExactly("s1:bad", "s1:bad", "s1:next");
		assertThat(this.sessions.monitor.events()).doesNotContain("lockLost");
	}

	@Test
	void parkLetsOtherSessionsAndOtherConsumersTry() {
		this.sessions.send("s1", "bad", "next");
		this.sessions.send("s2", "x");
		policy(SessionFailurePolicy.PARK).start(this::handle);
		this.sessions.run();
		assertThat(this.handled).startsWith("s1:bad").contains("s2:x").hasSize(2);
		assertThat(this.sessions.monitor.events()).contains("sessionClosed s1 PARKED");
	}

	@Test
	void parkedSessionThatComesBackAtOnceRestsUntouched() {
		this.sessions.send("s1", "bad", "next");
		policy(SessionFailurePolicy.PARK).start(this::handle);
		this.sessions.advance(Duration.ofMillis(800));
		assertThat(this.handled).containsExactly("s1:bad");
		this.sessions.advance(Duration.ofMillis(500));
		assertThat(this.handled).as("after the first delay").containsExactly("s1:bad", "s1:bad");
		this.sessions.advance(Duration.ofSeconds(5));
		assertThat(this.handled).as("each attempt was a delivery")
			.containsExactly("s1:bad", "s1:bad", "s1:bad", "s1:next");
		assertThat(this.sessions.service.emulator.queue("orders").deadLetters()).singleElement()
			.satisfies((message) -> assertThat(message.deliveryCount()).isEqualTo(2));
	}

	@Test
	void parkedSessionGoesToWhoeverWaitsForOne() {
		policy(SessionFailurePolicy.PARK).start(this::handle);
		List<String> others = new ArrayList<>();
		this.sessions.container("other", (message, context) -> others.add(message.bodyAsString())).start();
		this.sessions.run();
		this.sessions.send("s1", "bad", "next");
		this.sessions.advance(Duration.ofSeconds(5));
		assertThat(this.handled).containsExactly("s1:bad");
		assertThat(others).containsExactly("bad", "next");
	}

	@Test
	void errorHandlerMayParkASession() {
		this.sessions.send("s1", "bad", "next");
		this.sessions.errorHandler((failure) -> Outcome.parkSession(Duration.ofSeconds(2))).start(this::handle);
		this.sessions.advance(Duration.ofMillis(1_500));
		assertThat(this.handled).containsExactly("s1:bad");
		this.sessions.advance(Duration.ofSeconds(1));
		assertThat(this.handled).containsExactly("s1:bad", "s1:bad");
	}

	@Test
	void abandonedMessageComesBeforeItsSuccessors() {
		this.sessions.send("s1", "bad", "b", "c");
		this.sessions.options((options) -> options.prefetch(5))
			.errorHandler((failure) -> (failure.message().deliveryCount() < 2) ? Outcome.abandon() : Outcome.complete())
			.start(this::handle);
		this.sessions.run();
		assertThat(this.handled).containsExactly("s1:bad", "s1:bad", "s1:bad", "s1:b", "s1:c");
	}

	@Test
	void lostSessionIsToldAndNothingOfItIsSettledOrHandled() {
		CompletableFuture<Void> end = new CompletableFuture<>();
		List<ListenerContext> contexts = new ArrayList<>();
		this.sessions.send("s1", "a", "b", "c");
		this.sessions.options((options) -> options.prefetch(5).maxLockRenewal(Duration.ofSeconds(40)))
			.start((message, context) -> {
				this.handled.add(message.bodyAsString());
				contexts.add(context);
				if (contexts.size() == 1) {
					context.settleAfter(end);
				}
			});
		this.sessions.advance(Duration.ofSeconds(30));
		assertThat(contexts.get(0).isLockLost()).isFalse();
		this.sessions.advance(Duration.ofSeconds(41));
		assertThat(contexts.get(0).isLockLost()).isTrue();
		assertThat(this.handled).as("the session came again, but its listener is still busy").containsExactly("a");

		end.complete(null);
		this.sessions.run();
		assertThat(this.handled).containsExactly("a", "a", "b", "c");
		assertThat(this.sessions.monitor.events()).contains("lockLost", "sessionClosed s1 LOST", "resultDiscarded")
			.noneMatch((event) -> event.startsWith("settlementFailed"));
	}

	@Test
	void sessionOfAListenerThatHangsIsLeftToOthers() {
		this.sessions.send("s1", "a", "b");
		this.sessions.options((options) -> options.maxLockRenewal(Duration.ofSeconds(40)).concurrency(2))
			.start((message, context) -> {
				this.handled.add(message.bodyAsString());
				context.settleAfter(new CompletableFuture<>());
			});
		this.sessions.advance(Duration.ofSeconds(75));
		CompletableFuture<SessionReceiver> other = this.sessions.service.client
			.acceptNextSessionAsync(ReceiverOptions.queue("orders"), Duration.ofMinutes(1));
		this.sessions.advance(Duration.ofSeconds(30));
		assertThat(this.sessions.service.await(other).session().sessionId()).isEqualTo("s1");
		assertThat(this.handled).containsExactly("a");
	}

	@Test
	void connectionLossHandlesTheMessageAgainAfterItsListenerHasReturned() {
		CompletableFuture<Void> end = new CompletableFuture<>();
		this.sessions.send("s1", "a", "b");
		this.sessions.options((options) -> options.prefetch(5)).start((message, context) -> {
			this.handled.add(message.bodyAsString());
			if (this.handled.size() == 1) {
				context.settleAfter(end);
			}
		});
		this.sessions.service.network.resetAll();
		this.sessions.advance(Duration.ofSeconds(5));
		assertThat(this.handled).containsExactly("a");
		end.complete(null);
		this.sessions.run();
		assertThat(this.handled).containsExactly("a", "a", "b");
		assertThat(this.sessions.left()).isZero();
	}

	@Test
	void outageOfAllSessionsIsReportedOnceAndSoIsItsEnd() {
		for (int i = 0; i < 4; i++) {
			this.sessions.send("s" + i, "a");
		}
		this.sessions.options((options) -> options.concurrency(4)).start(this::handle);
		this.sessions.run();
		this.sessions.service.network.refuseConnections();
		this.sessions.service.network.resetAll();
		this.sessions.advance(Duration.ofSeconds(20));
		this.sessions.service.network.heal();
		this.sessions.advance(Duration.ofMinutes(1));
		this.sessions.send("s9", "z");
		this.sessions.run();
		assertThat(this.handled).contains("s9:z");
		assertThat(this.sessions.monitor.events()).filteredOn((event) -> event.startsWith("receiv"))
			.containsExactly("receiving", "receiveFailed", "receiving");
	}

	private SimulatedSessions policy(SessionFailurePolicy policy) {
		return this.sessions.sessions((options) -> options.withFailurePolicy(policy));
	}

	private void handle(ServiceBusReceivedMessage message, ListenerContext context) {
		this.handled.add(message.sessionId() + ":" + message.bodyAsString());
		if (message.bodyAsString().equals("bad")) {
			throw new IllegalStateException("bad");
		}
	}

}
