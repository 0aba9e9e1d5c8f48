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

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.emulator.Faults;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A producer and a listener under connection resets. Both keep a ledger; when the faults
 * have stopped and everything is through, the ledgers are compared.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RecoveryLedgerTests {

	/** Few messages from several seeds, and many from one. */
	@ParameterizedTest
	@CsvSource({ "1, 5000, 60", "2, 5000, 60", "3, 5000, 60", "4, 100000, 60" })
	void noMessageIsLostAndNoSettlementIsClaimedFalsely(long seed, int messages, int faultDistance) {
		Run run = new Run(seed);
		run.execute(messages, faultDistance);

		assertThat(run.faults).as("faults, %s", run.service).isGreaterThan(messages / faultDistance * 4 / 5);
		assertThat(run.failedSends).as("failed sends, %s", run.service).isEmpty();
		run.sent.removeAll(run.handled.keySet());
		assertThat(run.sent).as("sent and not handled, %s", run.service).isEmpty();
		assertThat(run.afterCompletion).as("handled again after a confirmed completion, %s", run.service).isEmpty();
		assertThat(run.service.emulator.queue("orders").messages()).as("left over, %s", run.service).isEmpty();
		run.service.close();
	}

	@Test
	void idleHoursWithExpiringTokensDoNotBreakAnything() {
		try (SimulatedService service = SimulatedService.withQueue(9, "orders")) {
			service.send("orders", "before");
			service.advance(Duration.ofHours(5));
			service.send("orders", "after");
			assertThat(service.emulator.queue("orders").messages()).hasSize(2);
		}
	}

	@Test
	void outageOfADayEndsWithinSecondsOfItsEnd() {
		try (SimulatedService service = SimulatedService.withQueue(10, "orders")) {
			List<ServiceBusReceivedMessage> messages = new ArrayList<>();
			MessageSource source = service.client.open(ReceiverOptions.queue("orders"), messages::add);
			source.demand(1);
			service.send("orders", "1");
			service.run();
			service.network.refuseConnections();
			service.network.resetAll();
			service.advance(Duration.ofDays(1));
			service.network.heal();
			source.settle(messages.get(0), new Disposition.Complete());
			service.advance(Duration.ofSeconds(12));
			service.send("orders", "2");
			service.run();
			assertThat(messages).hasSizeGreaterThan(1);
			source.close();
		}
	}

	/**
	 * One run: sends, handles, breaks.
	 */
	private static final class Run {

		private final Random random;

		private final SimulatedService service;

		private final Set<String> sent = new HashSet<>();

		private final List<Throwable> failedSends = new ArrayList<>();

		private final Map<String, Integer> handled = new HashMap<>();

		private final Set<String> completed = new HashSet<>();

		private final List<String> afterCompletion = new ArrayList<>();

		private MessageSource source;

		private int faults;

		Run(long seed) {
			this.random = new Random(seed);
			EntityOptions options = EntityOptions.builder()
				.lockDuration(Duration.ofSeconds(10))
				.maxDeliveryCount(1000)
				.build();
			this.service = SimulatedService.of(seed, ServiceBusEmulator.builder().queue("orders", options));
		}

		void execute(int messages, int faultDistance) {
			this.source = this.service.client.open(ReceiverOptions.queue("orders").withPrefetch(20), this::handle);
			this.source.demand(5);
			ServiceBusSender sender = this.service.client.sender("orders");
			for (int i = 0; i < messages; i++) {
				send(sender, "m" + i);
				if (this.random.nextInt(20) == 0) {
					this.service.advance(Duration.ofMillis(this.random.nextInt(50)));
				}
				if (this.random.nextInt(faultDistance) == 0) {
					breakSomething();
				}
			}
			this.service.advance(Duration.ofMinutes(3));
			this.source.close();
			this.service.run();
		}

		private void breakSomething() {
			Faults scripted = this.service.emulator.faults();
			switch (this.random.nextInt(8)) {
				case 0 -> scripted.onSend("orders").dropInsteadOfAnswering();
				case 1 -> scripted.onSettle("orders").dropInsteadOfAnswering();
				case 2 -> scripted.onSettle("orders").detach(FaultError.internalError());
				case 3 -> scripted.detachLinks("orders", FaultError.detachForced());
				case 4 -> scripted.closeConnections(FaultError.connectionForced());
				default -> this.service.network.resetAll();
			}
			this.faults++;
			// Otherwise the backlog grows for as long as the run lasts.
			this.service.advance(Duration.ofMillis(this.random.nextInt(500)));
		}

		private void send(ServiceBusSender sender, String id) {
			sender.sendAsync(ServiceBusMessage.of(id)).whenComplete((nothing, failure) -> {
				if (failure == null) {
					this.sent.add(id);
				}
				else {
					this.failedSends.add(failure);
				}
			});
		}

		private void handle(ServiceBusReceivedMessage message) {
			String id = message.bodyAsString() + "/" + message.sequenceNumber();
			this.handled.merge(message.bodyAsString(), 1, Integer::sum);
			if (this.completed.contains(id)) {
				this.afterCompletion.add(id);
			}
			this.source.settle(message, new Disposition.Complete()).whenComplete((nothing, failure) -> {
				if (failure == null) {
					this.completed.add(id);
				}
			});
		}

	}

}
