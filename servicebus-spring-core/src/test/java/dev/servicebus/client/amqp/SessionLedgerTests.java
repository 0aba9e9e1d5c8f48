package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.amqp.simulation.SimulatedConnection;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.SessionLockLostException;
import dev.servicebus.client.SessionMessageSource;
import dev.servicebus.client.SessionSource;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Producers and listeners of sessions under connection resets, abandoned messages and
 * sessions that are given back early. When everything is through, the ledgers are
 * compared: within a session the confirmed completions are in the order of sending.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SessionLedgerTests {

	private static final int SESSIONS = 25;

	private static final int SLOTS = 8;

	@ParameterizedTest
	@CsvSource({ "1, 2000", "2, 2000", "3, 2000", "4, 2000", "5, 20000" })
	void noMessageIsLostOrOutOfOrder(long seed, int messages) {
		Run run = new Run(seed, messages);
		run.execute();

		assertThat(run.faults).as("faults, %s", run.service).isGreaterThan(messages / 100);
		assertThat(run.failedSends).as("failed sends, %s", run.service).isEmpty();
		assertThat(run.sent).as("sessions, %s", run.service).hasSize(SESSIONS);
		run.sent.forEach((session, numbers) -> {
			assertThat(run.completed.get(session)).as("order of %s, %s", session, run.service)
				.isSorted()
				.doesNotHaveDuplicates();
			assertThat(run.ended).as("lost of %s, %s", session, run.service).containsAll(numbers);
		});
		assertThat(run.unknown).as("unknown outcomes, %s", run.service).isLessThan(run.faults * SLOTS);
		assertThat(run.service.emulator.queue("orders").messages()).as("left over, %s", run.service).isEmpty();
		run.service.close();
	}

	/**
	 * One run: sends, handles, breaks.
	 */
	private static final class Run implements SessionSource.Listener {

		private final int messages;

		private final Random random;

		private final SimulatedService service;

		private final Map<String, List<Integer>> sent = new HashMap<>();

		/** Sequence numbers: a message that was sent twice has two. */
		private final Map<String, List<Long>> completed = new HashMap<>();

		private final List<Throwable> failedSends = new ArrayList<>();

		private final Set<Integer> ended = new HashSet<>();

		private final Set<Handler> handlers = new HashSet<>();

		private int faults;

		private int unknown;

		Run(long seed, int messages) {
			this.messages = messages;
			this.random = new Random(seed);
			EntityOptions options = EntityOptions.builder()
				.requiresSession(true)
				.lockDuration(Duration.ofSeconds(10))
				.maxDeliveryCount(1000)
				.build();
			this.service = SimulatedService.of(seed, ServiceBusEmulator.builder().queue("orders", options));
		}

		void execute() {
			SessionSource source = this.service.client.openSessions(
					ReceiverOptions.queue("orders").withPrefetch(3).withMaxLockRenewal(Duration.ofMinutes(1)), this);
			source.demand(SLOTS);
			ServiceBusSender sender = this.service.client.sender("orders");
			for (int i = 0; i < this.messages; i++) {
				send(sender, "s" + this.random.nextInt(SESSIONS), i);
				if (this.random.nextInt(5) == 0) {
					step(Duration.ofMillis(this.random.nextInt(30)));
				}
				if (this.random.nextInt(50) == 0) {
					disturb();
				}
			}
			for (int i = 0; i < 20_000 && !isThrough(); i++) {
				step(Duration.ofMillis(20));
			}
			source.close();
			this.service.run();
		}

		/**
		 * Breaks the connection now, or in the middle of what comes next.
		 */
		private void disturb() {
			this.faults++;
			if (this.random.nextBoolean()) {
				this.service.network.resetAll();
				return;
			}
			for (SimulatedConnection connection : this.service.network.connections()) {
				connection.resetAfter(this.random.nextBoolean() ? Direction.TO_DIALER : Direction.TO_LISTENER,
						this.random.nextInt(3000));
			}
		}

		private boolean isThrough() {
			return this.service.emulator.queue("orders").messages().isEmpty();
		}

		private void step(Duration time) {
			this.service.advance(time);
			List.copyOf(this.handlers).forEach(Handler::work);
		}

		/**
		 * Awaited, so that a message that is sent again cannot overtake another one.
		 */
		private void send(ServiceBusSender sender, String session, int number) {
			ServiceBusMessage message = ServiceBusMessage.builder()
				.body(Integer.toString(number))
				.sessionId(session)
				.build();
			try {
				this.service.await(sender.sendAsync(message));
				this.sent.computeIfAbsent(session, (added) -> new ArrayList<>()).add(number);
			}
			catch (RuntimeException ex) {
				this.failedSends.add(ex);
			}
		}

		@Override
		public SessionSource.SessionListener onSession(SessionMessageSource session) {
			Handler handler = new Handler(session);
			this.handlers.add(handler);
			session.demand(1);
			return handler;
		}

		/**
		 * Handles the messages of one session, and gives it back now and then.
		 */
		private final class Handler implements SessionSource.SessionListener {

			private final SessionMessageSource source;

			private final List<ServiceBusReceivedMessage> inHand = new ArrayList<>();

			Handler(SessionMessageSource source) {
				this.source = source;
			}

			void work() {
				int choice = Run.this.random.nextInt(20);
				if (choice == 0 || (this.inHand.isEmpty() && choice < 8)) {
					Run.this.handlers.remove(this);
					this.source.close();
				}
				else if (!this.inHand.isEmpty()) {
					ServiceBusReceivedMessage message = this.inHand.remove(0);
					if (choice < 3) {
						this.source.settle(message, new Disposition.Abandon(Map.of()));
					}
					else {
						complete(message);
					}
				}
			}

			private void complete(ServiceBusReceivedMessage message) {
				int number = Integer.parseInt(message.bodyAsString());
				String session = this.source.session().sessionId();
				this.source.settle(message, new Disposition.Complete()).whenComplete((nothing, failure) -> {
					if (failure == null) {
						Run.this.ended.add(number);
						Run.this.completed.computeIfAbsent(session, (added) -> new ArrayList<>())
							.add(message.sequenceNumber());
					}
					else if (failure instanceof UnknownOutcomeException) {
						Run.this.ended.add(number);
						Run.this.unknown++;
					}
				});
			}

			@Override
			public void onMessage(ServiceBusReceivedMessage message) {
				this.inHand.add(message);
			}

			@Override
			public void onLockLost(ServiceBusReceivedMessage message, ServiceBusException failure) {
				this.inHand.remove(message);
			}

			@Override
			public void onSessionLost(SessionLockLostException failure) {
				Run.this.handlers.remove(this);
			}

		}

	}

}
