package dev.servicebus.client.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.client.reliability.FaultBench.SourceRecorder;
import dev.servicebus.emulator.fault.FaultError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * F25 and F26: a service that asks for patience, and many clients that come back.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OverloadFaultTests {

	@Test
	void f25BusyServiceIsGivenTimeAndTheDelayEndsByItself() {
		try (FaultBench bench = new FaultBench(25)) {
			bench.send("warm");
			bench.faults().onSend("orders").refuse(FaultError.serverBusy());
			assertThat(bench.timed(() -> bench.send("busy"))).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(11));
			assertThat(bench.timed(() -> bench.send("next"))).isLessThan(Duration.ofMillis(100));
		}
	}

	@Test
	void f25CancelledSendLeavesNoDelayBehind() {
		try (FaultBench bench = new FaultBench(26)) {
			bench.send("warm");
			bench.faults().onSend("orders").refuse(FaultError.serverBusy());
			CompletableFuture<Void> busy = bench.startSend("busy");
			bench.service.run();
			busy.cancel(false);
			assertThat(bench.timed(() -> bench.send("next"))).isLessThan(Duration.ofMillis(100));
		}
	}

	@Test
	void f25BusyManagementNodeIsGivenTime() {
		try (FaultBench bench = new FaultBench(27)) {
			bench.send("1");
			bench.faults().onRequest("orders").refuse(FaultError.serverBusy());
			assertThat(bench.timed(() -> bench.service.await(bench.receiver().peekAsync(1, 0))))
				.isBetween(Duration.ofSeconds(5), Duration.ofSeconds(11));
		}
	}

	@Test
	void f25BusyServiceThatRefusesLinksIsGivenTime() {
		try (FaultBench bench = new FaultBench(28)) {
			bench.faults().onAttachSender("orders").refuse(FaultError.serverBusy());
			assertThat(bench.timed(() -> bench.send("1"))).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(11));
		}
	}

	@Test
	void f25BusyServiceEndsSendsAtTheirDeadline() {
		try (FaultBench bench = new FaultBench(29)) {
			bench.send("warm");
			bench.faults().onSend("orders").always().refuse(FaultError.serverBusy());
			CompletableFuture<Void> busy = bench.startSend("busy");
			bench.service.advance(FaultBench.OPERATION_TIMEOUT.plus(FaultBench.TOLERANCE));
			assertThat(busy).isCompletedExceptionally();
		}
	}

	@Test
	void f26ManyClientsDoNotComeBackTogether() {
		try (FaultBench bench = new FaultBench(30)) {
			List<ServiceBusClient> clients = new ArrayList<>();
			ConnectCounter counter = new ConnectCounter(bench.service.network);
			for (int i = 0; i < 50; i++) {
				ServiceBusClient client = ServiceBusClient.builder()
					.connectionString(bench.service.emulator.connectionString())
					.network(counter)
					.executor(Runnable::run)
					.random(new Random(i))
					.build();
				client.open(ReceiverOptions.queue("orders"), new SourceRecorder()).demand(1);
				clients.add(client);
			}
			bench.service.run();
			assertThat(bench.service.emulator.queue("orders").consumers()).isEqualTo(50);
			counter.attempts.clear();
			bench.service.network.refuseConnections();
			bench.service.network.resetAll();
			long start = bench.service.network.time().nanoTime();
			bench.service.advance(Duration.ofMinutes(1));

			Map<Long, Integer> buckets = new TreeMap<>();
			counter.attempts.forEach((at) -> buckets.merge((at - start) / 100_000_000, 1, Integer::sum));
			assertThat(counter.attempts.size() / 50).as("attempts a client in a minute").isBetween(5, 20);
			buckets.keySet().removeIf((bucket) -> bucket < 10);
			assertThat(buckets.values()).as("attempts in 100 ms")
				.allMatch((attempts) -> attempts <= counter.attempts.size() / 20);

			bench.service.network.heal();
			bench.service.advance(Duration.ofSeconds(11));
			assertThat(bench.service.emulator.queue("orders").consumers()).isEqualTo(50);
			clients.forEach(ServiceBusClient::close);
		}
	}

}
