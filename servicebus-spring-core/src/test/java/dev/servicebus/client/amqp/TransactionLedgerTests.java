package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Moves messages from one queue to another, one transaction each, while connections and
 * links break at random. A message that is in both queues, or in neither, was moved in
 * part.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TransactionLedgerTests {

	private static final int MESSAGES = 2_000;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void everyMessageIsMovedExactlyOnce(long seed) {
		Run run = new Run(seed);
		run.execute();

		List<String> moved = run.bodies("out");
		assertThat(run.faults).as("faults, %s", run.service).isGreaterThan(300);
		assertThat(run.failures).as("failed transactions, %s", run.service).isGreaterThan(20);
		assertThat(run.bodies("in")).as("not moved, %s", run.service).isEmpty();
		assertThat(moved).as("moved, %s", run.service).containsExactlyInAnyOrderElementsOf(run.expected);
		assertThat(moved).as("committed for certain, %s", run.service).containsAll(run.committed);
		run.service.close();
	}

	/**
	 * One run: moves, breaks.
	 */
	private static final class Run {

		private final Random random;

		private final SimulatedService service;

		private final List<String> expected = IntStream.range(0, MESSAGES).mapToObj((i) -> "m" + i).toList();

		private final List<String> committed = new ArrayList<>();

		private final ServiceBusSender out;

		private MessageSource source;

		private int faults;

		private int failures;

		Run(long seed) {
			this.random = new Random(seed);
			EntityOptions options = EntityOptions.builder()
				.lockDuration(Duration.ofSeconds(10))
				.maxDeliveryCount(1000)
				.build();
			this.service = SimulatedService.of(seed, ServiceBusEmulator.builder().queue("in", options).queue("out"));
			this.out = this.service.client.sender("out");
		}

		void execute() {
			ServiceBusSender in = this.service.client.sender("in");
			this.service.await(in.sendAsync(this.expected.stream().map(ServiceBusMessage::of).toList()));
			this.source = this.service.client.open(ReceiverOptions.queue("in"), this::move);
			this.source.demand(10);
			for (int i = 0; i < 600; i++) {
				this.service.advance(Duration.ofMillis(this.random.nextInt(20)));
				breakSomething();
			}
			this.service.advance(Duration.ofMinutes(5));
			this.source.close();
			this.service.run();
		}

		private void breakSomething() {
			switch (this.random.nextInt(6)) {
				case 0 -> this.service.network.resetAll();
				case 1 -> detach("$coordinator");
				case 2 -> detach("out");
				case 3 -> detach("in");
				default -> {
					return;
				}
			}
			this.faults++;
		}

		private void detach(String entity) {
			this.service.emulator.faults().detachLinks(entity, FaultError.detachForced());
		}

		private void move(ServiceBusReceivedMessage message) {
			this.service.client.beginTransactionAsync().whenComplete((transaction, failure) -> {
				if (failure != null) {
					giveBack(message);
				}
				else {
					move(message, transaction);
				}
			});
		}

		private void move(ServiceBusReceivedMessage message, ServiceBusTransaction transaction) {
			this.out.inTransaction(transaction).sendAsync(ServiceBusMessage.of(message.bodyAsString()));
			this.source.settle(message, new Disposition.Complete(), transaction);
			transaction.commitAsync().whenComplete((nothing, failure) -> {
				if (failure == null) {
					this.committed.add(message.bodyAsString());
					return;
				}
				this.failures++;
				if (!(failure instanceof UnknownOutcomeException)) {
					giveBack(message);
				}
			});
		}

		private void giveBack(ServiceBusReceivedMessage message) {
			this.source.settle(message, new Disposition.Abandon(Map.of()));
		}

		private List<String> bodies(String queue) {
			return this.service.emulator.queue(queue).messages().stream().map(StoredMessage::bodyAsString).toList();
		}

	}

}
