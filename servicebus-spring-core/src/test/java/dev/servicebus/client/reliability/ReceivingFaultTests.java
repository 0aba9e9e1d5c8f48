package dev.servicebus.client.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.client.reliability.FaultBench.SourceRecorder;
import dev.servicebus.emulator.Faults;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.emulator.fault.FaultSpec;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * F01 to F09: receiving stops.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReceivingFaultTests {

	static Stream<Arguments> pointsOfRecovery() {
		List<Point> points = List.of(new Point("connect", Faults::onConnect),
				new Point("authenticate", Faults::onAuthenticate), new Point("open", Faults::onOpen),
				new Point("token", Faults::onToken), new Point("attach", (faults) -> faults.onAttachReceiver("orders")),
				new Point("deliver", (faults) -> faults.onDeliver("orders")));
		return points.stream().flatMap((point) -> Stream.of(1, 10).map((busy) -> arguments(point, busy)));
	}

	@ParameterizedTest
	@MethodSource("pointsOfRecovery")
	void f01EveryListenerReceivesAgainWhereverTheConnectionBroke(Point point, int busy) {
		try (FaultBench bench = new FaultBench(1)) {
			SourceRecorder listener = bench.listen(busy);
			for (int i = 0; i < busy; i++) {
				bench.send("m" + i);
			}
			bench.service.run();
			assertThat(listener.messages).hasSize(busy);

			point.on(bench.faults()).next(3).dropConnection();
			bench.service.network.resetAll();
			bench.service.advance(Duration.ofSeconds(3));
			bench.faults().clear();
			List<CompletableFuture<Void>> settled = new ArrayList<>();
			for (ServiceBusReceivedMessage message : List.copyOf(listener.messages)) {
				settled.add(listener.source.settle(message, new Disposition.Complete()));
			}
			settled.forEach(bench.service::await);
			bench.send("after");
			bench.service.advance(Duration.ofSeconds(5));
			assertThat(listener.messages).last().extracting(ServiceBusReceivedMessage::bodyAsString).isEqualTo("after");
		}
	}

	@Test
	void f02IdleDetachAndIdleCloseAreInvisible() {
		try (FaultBench bench = new FaultBench(2)) {
			SourceRecorder listener = bench.listen(10);
			bench.send("first");
			bench.service.await(listener.source.settle(listener.messages.get(0), new Disposition.Complete()));
			bench.service.advance(Duration.ofMinutes(10));
			bench.faults().detachLinks("orders", FaultError.detachForced());
			bench.service.run();
			assertThat(bench.timed(() -> bench.send("second"))).isLessThan(Duration.ofMillis(250));

			bench.service.advance(Duration.ofMinutes(5));
			bench.faults().closeConnections(FaultError.connectionForced());
			bench.service.run();
			assertThat(bench.timed(() -> bench.send("third"))).isLessThan(Duration.ofMillis(250));
			bench.service.run();

			assertThat(listener.messages).extracting(ServiceBusReceivedMessage::bodyAsString)
				.contains("second", "third");
			assertThat(listener.failures).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "amqp:link:detach-forced", "amqp:internal-error", "contoso:unheard-of",
			"com.microsoft:timeout", "amqp:link:stolen" })
	void f03EveryDetachThatNobodyAskedForIsAFault(String condition) {
		try (FaultBench bench = new FaultBench(3)) {
			SourceRecorder listener = bench.listen(10);
			bench.send("before");
			bench.faults().detachLinks("orders", FaultError.of(condition));
			bench.service.run();
			bench.send("after");
			bench.service.run();
			assertThat(listener.messages).extracting(ServiceBusReceivedMessage::bodyAsString).contains("after");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "BOTH", "TO_DIALER", "TO_LISTENER" })
	void f04HalfOpenConnectionIsGivenUpWithinTwoIdleTimeouts(Direction direction) {
		try (FaultBench bench = new FaultBench(4)) {
			SourceRecorder listener = bench.listen(10);
			bench.service.network.connections().forEach((connection) -> connection.blackhole(direction));
			bench.service.advance(Duration.ofSeconds(120));
			bench.send("after");
			bench.service.run();
			assertThat(listener.messages).extracting(ServiceBusReceivedMessage::bodyAsString).contains("after");
		}
	}

	@Test
	void f05AttachThatSucceedsWithoutBeingOfUseKeepsTheDelayGrowing() {
		try (FaultBench bench = new FaultBench(5)) {
			bench.send("1", "2", "3");
			bench.faults().onDeliver("orders").always().detach(FaultError.internalError());
			bench.listen(1);
			bench.service.advance(Duration.ofSeconds(30));
			int early = bench.faults().log().size();
			assertThat(early).as("in the first 30 s").isBetween(3, 11);

			bench.service.advance(Duration.ofMinutes(10));
			assertThat(bench.faults().log().size() - early).as("in the ten minutes after").isBetween(10, 60);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "amqp:not-found", "amqp:internal-error", "amqp:unauthorized-access" })
	void f05RefusedAttachesAreNotRepeatedInATightLoop(String condition) {
		try (FaultBench bench = new FaultBench(6)) {
			bench.faults().onAttachReceiver("orders").always().refuse(FaultError.of(condition));
			bench.listen(1);
			bench.service.advance(Duration.ofSeconds(30));
			int early = bench.faults().log().size();
			assertThat(early).as("in the first 30 s").isBetween(2, 11);

			bench.service.advance(Duration.ofMinutes(10));
			assertThat(bench.faults().log().size() - early).as("in the ten minutes after").isBetween(10, 60);
		}
	}

	@Test
	void f06OutageIsReportedAndItsEndToo() {
		try (FaultBench bench = new FaultBench(7)) {
			SourceRecorder listener = bench.listen(1);
			assertThat(listener.readies).isOne();
			bench.service.network.refuseConnections();
			bench.service.network.resetAll();
			bench.service.advance(Duration.ofMinutes(1));
			assertThat(listener.failures).as("told once").hasSize(1);
			assertThat(listener.readies).isOne();

			bench.service.network.heal();
			bench.service.advance(Duration.ofSeconds(11));
			assertThat(listener.readies).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void f07AfterAnyHistoryThereIsCreditForWhoeverWantsAMessage(long seed) {
		Random random = new Random(seed);
		try (FaultBench bench = new FaultBench(seed)) {
			ServiceBusReceiver receiver = bench.receiver();
			for (int i = 0; i < 100; i++) {
				switch (random.nextInt(5)) {
					case 0 -> bench.startSend("m" + i);
					case 1 -> bench.service.network.resetAll();
					case 2 -> bench.faults().detachLinks("orders", FaultError.detachForced());
					default -> receiver.receiveAsync(1 + random.nextInt(5), Duration.ofMillis(random.nextInt(300)))
						.thenAccept((messages) -> messages
							.forEach((message) -> receiver.settleAsync(message, new Disposition.Complete())));
				}
				bench.service.advance(Duration.ofMillis(random.nextInt(200)));
			}
			bench.service.advance(Duration.ofMinutes(2));
			while (!bench.receive(receiver, 100).isEmpty()) {
				bench.service.run();
			}
			bench.send("last");
			assertThat(bench.receive(receiver, 1)).as("seed %d", seed).hasSize(1);
		}
	}

	@Test
	void f08DrainThatIsNotAnsweredEndsAndTheLinkIsReplaced() {
		try (FaultBench bench = new FaultBench(8)) {
			ServiceBusReceiver receiver = bench.receiver();
			bench.send("before");
			bench.complete(receiver, bench.receive(receiver, 1).get(0));
			CompletableFuture<List<ServiceBusReceivedMessage>> waiting = receiver.receiveAsync(1,
					Duration.ofSeconds(5));
			bench.service.run();
			bench.faults().blackHoleConnections();
			assertThat(bench.timed(() -> assertThat(bench.service.await(waiting)).isEmpty()))
				.isLessThan(Duration.ofSeconds(5).plus(FaultBench.TOLERANCE));

			bench.service.advance(Duration.ofMinutes(2));
			bench.send("after");
			assertThat(bench.receive(receiver, 1)).extracting(ServiceBusReceivedMessage::bodyAsString)
				.containsExactly("after");
		}
	}

	@Test
	void f08ReceiveThatHasAMessageEndsInTimeWhenTheDrainIsNotAnswered() {
		try (FaultBench bench = new FaultBench(9)) {
			CompletableFuture<List<ServiceBusReceivedMessage>> waiting = bench.receiver()
				.receiveAsync(2, Duration.ofSeconds(1));
			bench.service.run();
			bench.service.network.connections().forEach((connection) -> connection.blackhole(Direction.TO_LISTENER));
			try (ServiceBusClient other = bench.service.client(bench.service.emulator.connectionString())) {
				bench.service.await(other.sender("orders").sendAsync(ServiceBusMessage.of("m")));
				assertThat(bench.timed(() -> assertThat(bench.service.await(waiting)).hasSize(1)))
					.isLessThan(Duration.ofSeconds(1).plus(FaultBench.TOLERANCE));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void f08MessageThatComesWhileADrainIsLateIsHandedOutOrGivenBack(long seed) {
		Random random = new Random(seed);
		EntityOptions options = EntityOptions.builder().lockDuration(Duration.ofMinutes(5)).build();
		try (FaultBench bench = FaultBench.farAway(seed, ServiceBusEmulator.builder().queue("orders", options))) {
			ServiceBusReceiver receiver = bench.receiver();
			List<String> received = new ArrayList<>();
			int count = 200;
			for (int i = 0; i < count; i++) {
				CompletableFuture<List<ServiceBusReceivedMessage>> waiting = receiver.receiveAsync(1,
						Duration.ofMillis(400));
				bench.service.advance(Duration.ofMillis(random.nextInt(600)));
				bench.startSend("m" + i);
				bench.service.await(waiting).forEach((message) -> received.add(message.bodyAsString()));
			}
			bench.service.advance(Duration.ofSeconds(2));
			assertThat(received).as("seed %d", seed).hasSizeBetween(1, count).doesNotHaveDuplicates();
			assertThat(bench.service.emulator.queue("orders").messages()).hasSize(count)
				.filteredOn((message) -> message.isLocked())
				.as("locked is what was handed out, seed %d", seed)
				.hasSameSizeAs(received);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void f09MessageThatArrivesWithTheEndOfTheWaitIsHandedOutOrGivenBack(long seed) {
		Random random = new Random(seed);
		try (FaultBench bench = new FaultBench(seed)) {
			ServiceBusReceiver receiver = bench.receiver();
			List<ServiceBusReceivedMessage> received = new ArrayList<>();
			int count = 500;
			for (int i = 0; i < count; i++) {
				CompletableFuture<List<ServiceBusReceivedMessage>> waiting = receiver.receiveAsync(1,
						Duration.ofMillis(100));
				bench.service.advance(Duration.ofNanos(80_000_000L + random.nextInt(30_000_000)));
				bench.service.client.sender("orders").sendAsync(ServiceBusMessage.of("m" + i));
				if (random.nextInt(10) == 0) {
					waiting.cancel(false);
				}
				bench.service.advance(Duration.ofMillis(50));
				if (!waiting.isCancelled()) {
					received.addAll(bench.service.await(waiting));
				}
			}
			long locked = bench.service.emulator.queue("orders")
				.messages()
				.stream()
				.filter((message) -> message.isLocked())
				.count();
			assertThat(bench.stored()).as("nothing is settled").isEqualTo(count);
			assertThat(received).as("both cases happen, seed %d", seed).hasSizeBetween(1, count - 1);
			assertThat(locked).as("locked is what was handed out in the last minute, seed %d", seed)
				.isEqualTo(received.stream()
					.filter((message) -> message.lockedUntil()
						.toInstant()
						.isAfter(bench.service.network.time().clock().instant()))
					.count());
		}
	}

	/**
	 * Where the connection breaks.
	 */
	record Point(String name, Function<Faults, FaultSpec> where) {

		FaultSpec on(Faults faults) {
			return this.where.apply(faults);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
