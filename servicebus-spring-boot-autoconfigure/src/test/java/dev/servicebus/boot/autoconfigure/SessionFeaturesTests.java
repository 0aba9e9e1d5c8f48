package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.fault.FaultPoint;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.SessionContext;
import dev.servicebus.listener.SessionEnd;
import dev.servicebus.listener.SessionLifecycleListener;
import dev.servicebus.listener.SessionState;
import dev.servicebus.listener.event.ListenerEvent;
import dev.servicebus.template.ServiceBusTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listeners of sessions can do, in an application with the emulator and by its
 * clock.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(OutputCaptureExtension.class)
class SessionFeaturesTests {

	private static final Duration IDLE = Duration.ofSeconds(10);

	private static final Duration RETRY = Duration.ofMinutes(3);

	/** Real time in which something would happen that must not. */
	private static final long A_MOMENT = 200;

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder()
		.queue("carts",
				EntityOptions.builder()
					.requiresSession(true)
					.lockDuration(Duration.ofMinutes(5))
					.maxDeliveryCount(100)
					.build())
		.build()
		.start();

	private final EmulatorTime time = new EmulatorTime(this.emulator);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceBusAutoConfiguration.class))
		.withUserConfiguration(EmulatorTimeConfiguration.class)
		.withBean(EmulatorTime.class, () -> this.time)
		.withBean(Journal.class)
		.withPropertyValues("servicebus.connection-string=" + this.emulator.connectionString());

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void sessionsAreHandledAtOnceUpToTheConcurrency() {
		this.runner.withBean(Slow.class).run((context) -> {
			Journal journal = context.getBean(Journal.class);
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			send(template, "s1", "a");
			send(template, "s2", "b");
			send(template, "s3", "c");
			assertThat(List.of(journal.next(), journal.next())).containsExactlyInAnyOrder("s1:a", "s2:b");
			assertThat(journal.nextWithin(A_MOMENT)).as("there is no place").isNull();
			context.getBean(Slow.class).end.countDown();
			assertThat(nextAfterIdleTime(journal)).isEqualTo("s3:c");
		});
	}

	@Test
	void idleTimeOnlyRunsWhileNoHandlerIsActive() {
		this.runner.withBean(Slow.class).run((context) -> {
			Journal journal = context.getBean(Journal.class);
			send(context.getBean(ServiceBusTemplate.class), "s1", "a");
			assertThat(journal.next()).isEqualTo("s1:a");
			this.time.advance(Duration.ofMinutes(4));
			assertThat(journal.closed.poll(A_MOMENT, TimeUnit.MILLISECONDS)).isNull();
			context.getBean(Slow.class).end.countDown();
			this.time.awaitTask(IDLE);
			this.time.advance(IDLE.minusMillis(1));
			assertThat(journal.closed.poll(A_MOMENT, TimeUnit.MILLISECONDS)).isNull();
			this.time.advance(Duration.ofMillis(1));
			assertThat(journal.closed.poll(20, TimeUnit.SECONDS))
				.isEqualTo(new ListenerEvent.SessionClosed("carts", "s1", SessionEnd.IDLE));
		});
	}

	@Test
	void stateIsLoadedOnceAndSavedWithTheSettlement() {
		this.runner.withBean(Carts.class).run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			this.emulator.faults().onRequest("carts").always().delayAnswer(Duration.ZERO);
			this.emulator.faults().onSettle("carts").always().delayAnswer(Duration.ZERO);
			send(template, "s1", "apple", "pear", "pear");
			awaitMessages(0);
			assertThat(this.emulator.faults().log())
				.extracting((seen) -> (seen.point() == FaultPoint.SETTLE) ? "settle" : seen.operation())
				.as("loaded once, and saved before each settlement that has something new")
				.containsExactly("com.microsoft:get-session-state", "com.microsoft:set-session-state", "settle",
						"com.microsoft:set-session-state", "settle", "settle");
			assertThat(state("s1")).isEqualTo("{\"items\":[\"apple\",\"pear\"]}");
			send(template, "s1", "clear");
			awaitMessages(0);
			assertThat(state("s1")).isNull();
		});
	}

	@Test
	void sessionsAreToldBeforeAndAfterTheirMessages() {
		this.runner.withBean(Quick.class).withBean(Visits.class).run((context) -> {
			Journal journal = context.getBean(Journal.class);
			send(context.getBean(ServiceBusTemplate.class), "s1", "a");
			assertThat(List.of(journal.next(), journal.next())).containsExactly("opened s1", "s1:a");
			assertThat(nextAfterIdleTime(journal)).isEqualTo("closing s1 IDLE");
			Awaitility.await().untilAsserted(() -> assertThat(state("s1")).isEqualTo("left"));
		});
	}

	@Test
	void heldMessageIsRetriedInPlaceHoweverLongThatTakes() {
		this.runner.withBean(Quick.class).run((context) -> {
			Journal journal = context.getBean(Journal.class);
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			send(template, "s1", "bad", "next");
			assertThat(journal.next()).isEqualTo("s1:bad");
			send(template, "s2", "other");
			assertThat(journal.next()).as("other sessions go on").isEqualTo("s2:other");
			this.time.awaitTask(RETRY);
			this.time.advance(RETRY.minusMillis(1));
			assertThat(journal.nextWithin(A_MOMENT)).isNull();
			assertThat(this.emulator.queue("carts").counts().scheduled()).as("no copy, which would lose its order")
				.isZero();
			this.time.advance(Duration.ofMillis(1));
			assertThat(List.of(journal.next(), journal.next())).containsExactly("s1:bad attempt 2", "s1:next");
			awaitDeadLetter();
		});
	}

	@Test
	void attemptsOfAHeldMessageSurviveARestartOfTheApplication() {
		ApplicationContextRunner application = this.runner.withBean(Quick.class);
		application.run((context) -> {
			send(context.getBean(ServiceBusTemplate.class), "s1", "bad", "next");
			assertThat(context.getBean(Journal.class).next()).isEqualTo("s1:bad");
			this.time.awaitTask(RETRY);
		});
		application.run((context) -> {
			Journal journal = context.getBean(Journal.class);
			assertThat(List.of(journal.next(), journal.next())).containsExactly("s1:bad attempt 2", "s1:next");
			awaitDeadLetter();
			assertThat(this.emulator.queue("carts").deadLetters().get(0).deadLetterReason())
				.isEqualTo("java.lang.IllegalStateException");
		});
	}

	@Test
	void skippedMessageLetsTheNextFollow() {
		this.runner.withBean(Quick.class)
			.withPropertyValues("servicebus.listeners.carts.session.failure-policy=skip")
			.run((context) -> {
				Journal journal = context.getBean(Journal.class);
				send(context.getBean(ServiceBusTemplate.class), "s1", "bad", "next");
				assertThat(List.of(journal.next(), journal.next())).containsExactly("s1:bad", "s1:next");
				awaitDeadLetter();
			});
	}

	@Test
	void parkedSessionGoesBackAndRests() {
		this.runner.withBean(Quick.class)
			.withPropertyValues("servicebus.listeners.carts.session.failure-policy=park")
			.run((context) -> {
				Journal journal = context.getBean(Journal.class);
				send(context.getBean(ServiceBusTemplate.class), "s1", "bad", "next");
				assertThat(journal.next()).isEqualTo("s1:bad");
				assertThat(journal.closed.poll(20, TimeUnit.SECONDS))
					.isEqualTo(new ListenerEvent.SessionClosed("carts", "s1", SessionEnd.PARKED));
				this.time.awaitTask(RETRY);
				assertThat(journal.nextWithin(A_MOMENT)).isNull();
				this.time.advance(RETRY);
				assertThat(List.of(journal.next(), journal.next())).as("each attempt was a delivery")
					.containsExactly("s1:bad", "s1:next");
			});
	}

	@Test
	void listenerMayGiveItsSessionBackEarly() {
		this.runner.withBean(Generous.class).run((context) -> {
			Journal journal = context.getBean(Journal.class);
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			send(template, "s1", "a", "b");
			send(template, "s2", "x");
			assertThat(List.of(journal.next(), journal.next(), journal.next())).containsSubsequence("s1:a", "s1:b")
				.contains("s2:x");
			assertThat(journal.closed.poll(20, TimeUnit.SECONDS))
				.isEqualTo(new ListenerEvent.SessionClosed("carts", "s1", SessionEnd.RELEASED));
		});
	}

	@Test
	void pinnedSessionsAreTheOnlyOnes() {
		this.runner.withBean(Quick.class)
			.withPropertyValues("servicebus.listeners.carts.session.ids=s2")
			.run((context) -> {
				Journal journal = context.getBean(Journal.class);
				ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
				send(template, "s1", "a");
				send(template, "s2", "x");
				assertThat(journal.next()).isEqualTo("s2:x");
				this.time.advance(Duration.ofMinutes(1));
				send(template, "s2", "y");
				assertThat(journal.next()).isEqualTo("s2:y");
				assertThat(journal.closed).as("it is kept").isEmpty();
				awaitMessages(1);
			});
	}

	@Test
	void sessionsAreListedByTheClient() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			send(template, "s1", "a", "b");
			send(template, "s2", "x");
			assertThat(context.getBean(MessagingClient.class).listSessions(ReceiverOptions.queue("carts")))
				.containsExactly("s1", "s2");
		});
	}

	@Test
	void orderIsKeptWhateverFails() {
		this.runner.withBean(Shaky.class).run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			for (int number = 0; number < 20; number++) {
				for (String session : List.of("s1", "s2", "s3")) {
					send(template, session, String.valueOf(number));
				}
			}
			Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> {
				this.time.advance(Duration.ofSeconds(1));
				return this.emulator.queue("carts").messages().isEmpty();
			});
			List<String> done = new ArrayList<>(context.getBean(Journal.class).calls);
			for (String session : List.of("s1", "s2", "s3")) {
				List<String> expected = new ArrayList<>();
				for (int number = 0; number < 20; number++) {
					expected.add(session + ":" + number);
				}
				assertThat(done).filteredOn((call) -> call.startsWith(session)).isEqualTo(expected);
			}
			assertThat(context.getBean(Shaky.class).failures).isPositive();
		});
	}

	@Test
	void severalCallsOfASessionAreOptInAndWarned(CapturedOutput output) {
		this.runner.withBean(Slow.class)
			.withPropertyValues("servicebus.listeners.carts.session.max-concurrent-calls=2")
			.run((context) -> {
				Journal journal = context.getBean(Journal.class);
				send(context.getBean(ServiceBusTemplate.class), "s1", "a", "b", "c");
				assertThat(List.of(journal.next(), journal.next())).containsExactlyInAnyOrder("s1:a", "s1:b");
				assertThat(journal.nextWithin(A_MOMENT)).isNull();
				assertThat(output).contains("so their order is lost");
				context.getBean(Slow.class).end.countDown();
				assertThat(journal.next()).isEqualTo("s1:c");
			});
	}

	/** It does not begin before the last message is settled. */
	private String nextAfterIdleTime(Journal journal) {
		return Awaitility.await().until(() -> {
			this.time.advance(IDLE);
			return journal.nextWithin(A_MOMENT);
		}, Objects::nonNull);
	}

	private static void send(ServiceBusTemplate template, String session, String... bodies) {
		for (String body : bodies) {
			template.to("carts").body(body).sessionId(session).send();
		}
	}

	private void awaitMessages(int number) {
		Awaitility.await().until(() -> this.emulator.queue("carts").messages().size() == number);
	}

	private void awaitDeadLetter() {
		Awaitility.await().until(() -> this.emulator.queue("carts").deadLetters().size() == 1);
	}

	private String state(String sessionId) {
		return this.emulator.queue("carts")
			.sessions()
			.stream()
			.filter((session) -> session.id().equals(sessionId))
			.findFirst()
			.map((session) -> (session.state() != null) ? new String(session.state()) : null)
			.orElse(null);
	}

	/**
	 * What has happened.
	 */
	static class Journal {

		final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		final BlockingQueue<ListenerEvent.SessionClosed> closed = new LinkedBlockingQueue<>();

		@EventListener
		void on(ListenerEvent.SessionClosed event) {
			this.closed.add(event);
		}

		void called(ServiceBusSession session, String body) {
			this.calls.add(session.sessionId() + ":" + body);
		}

		String next() throws InterruptedException {
			return this.calls.poll(20, TimeUnit.SECONDS);
		}

		String nextWithin(long millis) throws InterruptedException {
			return this.calls.poll(millis, TimeUnit.MILLISECONDS);
		}

	}

	static class Quick {

		private final Journal journal;

		Quick(Journal journal) {
			this.journal = journal;
		}

		@ServiceBusListener(id = "carts", queue = "carts", sessions = "true", retry = "fixed 3m, attempts 2, jitter 0")
		void handle(String body, ServiceBusSession session, ListenerContext context) {
			this.journal.called(session, body + ((context.attempt() > 1) ? " attempt " + context.attempt() : ""));
			if (body.equals("bad")) {
				throw new IllegalStateException("bad");
			}
		}

	}

	static class Slow {

		private final CountDownLatch end = new CountDownLatch(1);

		private final Journal journal;

		Slow(Journal journal) {
			this.journal = journal;
		}

		@ServiceBusListener(id = "carts", queue = "carts", sessions = "true", concurrency = "2")
		void handle(String body, ServiceBusSession session) throws InterruptedException {
			this.journal.called(session, body);
			assertThat(this.end.await(30, TimeUnit.SECONDS)).isTrue();
		}

	}

	static class Carts {

		@ServiceBusListener(id = "carts", queue = "carts", sessions = "true")
		void handle(String item, SessionState<Cart> state) {
			Cart cart = state.get();
			if (item.equals("clear")) {
				state.set(null);
			}
			else {
				state.set((cart != null) ? cart.with(item) : new Cart(List.of(item)));
			}
		}

	}

	record Cart(List<String> items) {

		Cart with(String item) {
			List<String> all = new ArrayList<>(this.items);
			if (!all.contains(item)) {
				all.add(item);
			}
			return new Cart(all);
		}

	}

	static class Visits implements SessionLifecycleListener {

		private final Journal journal;

		Visits(Journal journal) {
			this.journal = journal;
		}

		@Override
		public void sessionOpened(String listenerId, ServiceBusSession session) {
			this.journal.calls.add("opened " + session.sessionId());
		}

		@Override
		public void sessionClosing(String listenerId, ServiceBusSession session, SessionEnd reason) {
			this.journal.calls.add("closing " + session.sessionId() + " " + reason);
			session.setStateAsString("left");
		}

	}

	static class Generous {

		private final Journal journal;

		Generous(Journal journal) {
			this.journal = journal;
		}

		@ServiceBusListener(id = "carts", queue = "carts", sessions = "true")
		void handle(String body, SessionContext session) {
			this.journal.called(session.session(), body);
			session.release();
		}

	}

	static class Shaky {

		private final Journal journal;

		private volatile int failures;

		private int calls;

		Shaky(Journal journal) {
			this.journal = journal;
		}

		@ServiceBusListener(id = "carts", queue = "carts", sessions = "true", concurrency = "3",
				retry = "fixed 1s, attempts 100, jitter 0")
		synchronized void handle(String body, ServiceBusSession session) {
			this.calls++;
			if (this.calls % 3 == 0) {
				this.failures++;
				throw new IllegalStateException("shaky");
			}
			this.journal.called(session, body);
		}

	}

}
