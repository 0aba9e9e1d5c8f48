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
import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.listener.SessionEnd;
import dev.servicebus.listener.SessionLifecycleListener;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which sessions come, for how long, who hears of it, and what they leave behind.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SessionLifecycleTests {

	private final SimulatedSessions sessions = new SimulatedSessions(13);

	private final List<String> log = new ArrayList<>();

	@AfterEach
	void close() {
		this.sessions.close();
	}

	@Test
	void lifecycleListenerHearsOfASessionBeforeAndAfterItsMessages() {
		this.sessions.send("s1", "a", "b");
		this.sessions.sessionListener(new LoggingListener()).start((message, context) -> {
			this.log.add(message.bodyAsString());
			throw new IllegalStateException();
		});
		this.sessions.advance(Duration.ofSeconds(30));
		assertThat(this.log).containsExactly("opened s1", "a", "a", "a", "b", "b", "b", "closing s1 IDLE");
		assertThat(this.sessions.monitor.events()).contains("sessionOpened s1", "sessionClosed s1 IDLE");
	}

	@Test
	void stateWrittenAtTheEndIsThereForTheNextHolder() {
		this.sessions.send("s1", "a");
		this.sessions.sessionListener(new SessionLifecycleListener() {
			@Override
			public void sessionClosing(String listenerId, ServiceBusSession session, SessionEnd reason) {
				session.setStateAsStringAsync("closed " + reason);
			}
		});
		ServiceBusListenerContainer container = this.sessions.start((message, context) -> {
		});
		this.sessions.stop(container);
		assertThat(state("s1")).isEqualTo("closed STOPPED");
	}

	@Test
	void failingLifecycleListenerChangesNothing() {
		this.sessions.send("s1", "a");
		ServiceBusListenerContainer container = this.sessions.sessionListener(new SessionLifecycleListener() {
			@Override
			public void sessionOpened(String listenerId, ServiceBusSession session) {
				throw new AssertionError("opened");
			}

			@Override
			public void sessionClosing(String listenerId, ServiceBusSession session, SessionEnd reason) {
				throw new IllegalStateException("closing");
			}
		}).start(this::handle);
		this.sessions.run();
		assertThat(this.log).containsExactly("a");
		this.sessions.stop(container);
		assertThat(this.sessions.consumers()).isZero();
	}

	@Test
	void onlyNamedSessionsAreTakenAndKept() {
		this.sessions.send("s1", "a");
		this.sessions.send("s2", "b");
		this.sessions.send("s3", "c");
		this.sessions.options((options) -> options.concurrency(2))
			.sessions((options) -> options.withIds(List.of("s2", "s9")))
			.start(this::handle);
		this.sessions.advance(Duration.ofMinutes(2));
		this.sessions.send("s9", "d");
		this.sessions.send("s2", "e");
		this.sessions.run();
		assertThat(this.log).containsExactly("b", "d", "e");
		assertThat(this.sessions.monitor.events()).as("nobody waits for their places")
			.noneMatch((event) -> event.startsWith("sessionClosed"));
	}

	@Test
	void namedSessionsTakeTurnsWhenThereAreMoreThanPlaces() {
		this.sessions.send("s2", "b");
		this.sessions.send("s1", "a");
		this.sessions.sessions((options) -> options.withIds(List.of("s1", "s2", "s3"))).start(this::handle);
		this.sessions.advance(Duration.ofSeconds(15));
		assertThat(this.log).containsExactly("a", "b");
		this.sessions.advance(Duration.ofSeconds(20));
		this.sessions.send("s1", "c");
		this.sessions.run();
		assertThat(this.log).containsExactly("a", "b", "c");
	}

	@Test
	void namedSessionOfSomebodyElseIsNoFailureAndComesLater() {
		SessionReceiver other = this.sessions.service
			.await(this.sessions.service.client.acceptSessionAsync(ReceiverOptions.queue("orders"), "s1"));
		this.sessions.send("s1", "a");
		this.sessions.sessions((options) -> options.withIds(List.of("s1"))).start(this::handle);
		this.sessions.advance(Duration.ofSeconds(20));
		assertThat(this.log).isEmpty();
		other.close();
		this.sessions.advance(Duration.ofSeconds(3));
		assertThat(this.log).containsExactly("a");
		assertThat(this.sessions.monitor.events()).doesNotContain("receiveFailed");
	}

	@Test
	void severalCallsOfASessionRunAtOnceIfAskedFor() {
		List<CompletableFuture<Void>> ends = new ArrayList<>();
		this.sessions.send("s1", "a", "b", "c", "d");
		this.sessions.sessions((options) -> options.withMaxConcurrentCalls(3)).start((message, context) -> {
			handle(message);
			CompletableFuture<Void> end = new CompletableFuture<>();
			ends.add(end);
			context.settleAfter(end);
		});
		this.sessions.run();
		assertThat(this.log).containsExactly("a", "b", "c");
		ends.get(1).complete(null);
		this.sessions.run();
		assertThat(this.log).containsExactly("a", "b", "c", "d");
	}

	@Test
	void messageSettledByHandLetsTheNextComeAfterTheListenerHasReturned() {
		CompletableFuture<Void> end = new CompletableFuture<>();
		this.sessions.send("s1", "a", "b");
		this.sessions.options((options) -> options.settlement(SettlementMode.MANUAL)).start((message, context) -> {
			handle(message);
			context.settlement().complete();
			if (this.log.size() == 1) {
				context.settleAfter(end);
			}
		});
		this.sessions.advance(Duration.ofSeconds(2));
		assertThat(this.log).containsExactly("a");
		end.complete(null);
		this.sessions.run();
		assertThat(this.log).containsExactly("a", "b");
	}

	@Test
	void deletedMessagesOfAStoppingContainerAreStillHandled() {
		this.sessions.send("s1", "a", "b", "c");
		ServiceBusListenerContainer container = this.sessions
			.options((options) -> options.settlement(SettlementMode.RECEIVE_AND_DELETE))
			.container("orders", (message, context) -> handle(message));
		container.start();
		this.sessions.service.run();
		this.sessions.stop(container);
		assertThat(this.log.size() + this.sessions.left()).isEqualTo(3);
	}

	@Test
	void deletedMessageThatComesWhenItsSessionIsGivenBackIsHandled() {
		this.sessions.options((options) -> options.settlement(SettlementMode.RECEIVE_AND_DELETE))
			.sessions((options) -> options.withIdleTimeout(Duration.ofMillis(500)))
			.start((message, context) -> handle(message));
		int sent = 0;
		for (int offset = 480; offset < 520; offset++) {
			this.sessions.send("s1", "first");
			this.sessions.run();
			this.sessions.service.advance(Duration.ofMillis(offset - 100));
			this.sessions.send("s1", "second");
			this.sessions.advance(Duration.ofSeconds(2));
			sent += 2;
		}
		assertThat(this.log).hasSize(sent);
		assertThat(this.sessions.left()).isZero();
	}

	@Test
	void stateIsSavedBeforeTheMessageIsCompletedAndOnlyOnSuccess() {
		this.sessions.send("s1", "a", "b");
		this.sessions.start((message, context) -> {
			context.session().state((message.bodyAsString() + context.attempt()).getBytes());
			if (message.bodyAsString().equals("b")) {
				throw new IllegalStateException();
			}
		});
		this.sessions.advance(Duration.ofSeconds(30));
		assertThat(state("s1")).isEqualTo("a1");
	}

	@Test
	void messageWhoseStateCannotBeSavedCountsAsFailed() {
		this.sessions.send("s1", "a");
		this.sessions.start((message, context) -> {
			this.log.add(message.bodyAsString());
			context.session().state((context.attempt() == 1) ? new byte[300_000] : new byte[] { 65 });
		});
		this.sessions.advance(Duration.ofSeconds(30));
		assertThat(this.log).containsExactly("a", "a");
		assertThat(state("s1")).isEqualTo("A");
		assertThat(this.sessions.left()).isZero();
	}

	@Test
	void handSettledMessageSavesItsStateFirstAndAnAbandonedOneDoesNot() {
		this.sessions.send("s1", "a");
		this.sessions.send("s2", "a");
		this.sessions.options((options) -> options.settlement(SettlementMode.MANUAL).concurrency(2))
			.start((message, context) -> {
				context.session().state(message.sessionId().getBytes());
				if (message.sessionId().equals("s1")) {
					context.settlement().deadLetter("because", "of");
				}
				else if (message.deliveryCount() == 0) {
					context.settlement().abandon();
				}
				else {
					context.session().state(null);
					context.settlement().complete();
				}
			});
		this.sessions.advance(Duration.ofSeconds(30));
		assertThat(state("s1")).isEqualTo("s1");
		assertThat(state("s2")).isNull();
		assertThat(this.sessions.service.emulator.queue("orders").deadLetters()).hasSize(1);
	}

	private String state(String sessionId) {
		SessionReceiver receiver = this.sessions.service
			.await(this.sessions.service.client.acceptSessionAsync(ReceiverOptions.queue("orders"), sessionId));
		String state = this.sessions.service.await(receiver.session().getStateAsStringAsync());
		receiver.close();
		return state;
	}

	private void handle(ServiceBusReceivedMessage message, Object... unused) {
		this.log.add(message.bodyAsString());
	}

	private final class LoggingListener implements SessionLifecycleListener {

		@Override
		public void sessionOpened(String listenerId, ServiceBusSession session) {
			SessionLifecycleTests.this.log.add("opened " + session.sessionId());
		}

		@Override
		public void sessionClosing(String listenerId, ServiceBusSession session, SessionEnd reason) {
			SessionLifecycleTests.this.log.add("closing " + session.sessionId() + " " + reason);
		}

	}

}
