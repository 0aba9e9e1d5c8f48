package dev.servicebus.client.reliability;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.servicebus.amqp.simulation.SimulatedTime;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.client.auth.AccessToken;
import dev.servicebus.client.auth.ConnectionString;
import dev.servicebus.client.auth.TokenProvider;
import dev.servicebus.client.reliability.FaultBench.SourceRecorder;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * F21 to F24, F28 and F29: connection, authorization, management and clocks.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConnectionFaultTests {

	@ParameterizedTest
	@ValueSource(strings = { "401", "404", "500", "503", "silence" })
	void f21RenewalOfTheTokenIsTriedAgainWhateverMadeItFail(String answer) {
		try (FaultBench bench = new FaultBench(21)) {
			bench.send("before");
			SourceRecorder listener = bench.listen(1);
			bench.service.await(listener.source.settle(listener.messages.get(0), new Disposition.Complete()));
			if (answer.equals("silence")) {
				bench.faults().onToken().next(3).ignore();
			}
			else {
				bench.faults()
					.onToken()
					.next(3)
					.refuse(new FaultError("amqp:internal-error", Integer.parseInt(answer), "scripted"));
			}
			bench.service.advance(Duration.ofHours(6));
			assertThat(bench.faults().log()).hasSize(3);
			bench.send("after");
			bench.service.run();
			assertThat(listener.messages).extracting(ServiceBusReceivedMessage::bodyAsString).contains("after");
			assertThat(bench.service.network.connections()).as("still the first connection")
				.extracting((connection) -> connection.number())
				.containsExactly(1);
		}
	}

	@Test
	void f21TokensThatAreExpiredAlreadyAreNotAskedForWithoutPause() {
		try (FaultBench bench = new FaultBench(22)) {
			AtomicInteger asked = new AtomicInteger();
			TokenProvider expired = (audience) -> {
				asked.incrementAndGet();
				return CompletableFuture.completedFuture(
						new AccessToken("SharedAccessSignature sr=x&sig=y&se=1", AccessToken.SAS, Instant.EPOCH));
			};
			try (ServiceBusClient client = client(bench, expired)) {
				client.open(ReceiverOptions.queue("orders"), new SourceRecorder()).demand(1);
				bench.service.advance(Duration.ofMinutes(10));
				assertThat(asked.get()).isBetween(2, 70);
			}
		}
	}

	@Test
	void f21CredentialThatFailsOrNeverAnswersIsAskedAgain() {
		try (FaultBench bench = new FaultBench(23)) {
			TokenProvider good = ConnectionString.parse(bench.service.emulator.connectionString())
				.tokenProvider(bench.service.network.time().clock());
			AtomicInteger asked = new AtomicInteger();
			TokenProvider flaky = (audience) -> flaky(asked.incrementAndGet(), good, audience);
			try (ServiceBusClient client = client(bench, flaky)) {
				bench.service.await(client.sender("orders").sendAsync(ServiceBusMessage.of("1")));
				assertThat(asked.get()).isEqualTo(4);
			}
		}
	}

	private static CompletionStage<AccessToken> flaky(int call, TokenProvider good, String audience) {
		if (call == 1) {
			throw new IllegalStateException("not now");
		}
		return switch (call) {
			case 2 -> CompletableFuture.failedFuture(new IllegalStateException("nor now"));
			case 3 -> new CompletableFuture<>();
			default -> good.token(audience);
		};
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void f22HalfOfTheTokenNodeIsNoNode(int half) {
		try (FaultBench bench = new FaultBench(24)) {
			bench.faults().onAttach("$cbs").nth(half).refuse(FaultError.internalError());
			assertThat(bench.timed(() -> bench.send("1"))).isLessThan(Duration.ofSeconds(1));
			bench.faults().detachLinks("$cbs", FaultError.detachForced());
			bench.service.advance(Duration.ofHours(3));
			assertThat(bench.timed(() -> bench.send("2"))).isLessThan(Duration.ofSeconds(1));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void f22SilentHalfOfTheTokenNodeEndsWithTheTimeLimit(int half) {
		try (FaultBench bench = new FaultBench(25)) {
			bench.faults().onAttach("$cbs").nth(half).ignore();
			CompletableFuture<Void> first = bench.startSend("1");
			bench.service.advance(FaultBench.OPERATION_TIMEOUT.plus(FaultBench.TOLERANCE));
			assertThat(first).isDone();
			bench.service.advance(Duration.ofSeconds(10));
			assertThat(bench.timed(() -> bench.send("2"))).isLessThan(Duration.ofSeconds(5));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 100 })
	void f23ManagementNodeIsRebuiltOnceForAllThatWait(int pending) {
		try (FaultBench bench = new FaultBench(26)) {
			bench.send("1");
			ServiceBusReceiver receiver = bench.receiver();
			bench.service.await(receiver.peekAsync(1, 0));
			if (pending > 0) {
				bench.faults().onRequest("orders").next(pending).ignore();
			}
			List<CompletableFuture<?>> peeks = new ArrayList<>();
			for (int i = 0; i < pending; i++) {
				peeks.add(receiver.peekAsync(1, 0));
			}
			bench.service.run();
			int before = bench.faults().log().size();
			bench.faults().onAttach("orders").always().delayAnswer(Duration.ofMillis(1));
			bench.faults().detachLinks("orders", FaultError.detachForced());
			bench.service.advance(Duration.ofSeconds(5));
			peeks.forEach((peek) -> assertThat(peek).isCompleted());
			assertThat(bench.service.await(receiver.peekAsync(1, 0))).hasSize(1);
			assertThat(bench.faults().log().size() - before).as("attached halves").isEqualTo(2 + senders(bench));
		}
	}

	/** The link of the sender may have been attached anew, too. */
	private static long senders(FaultBench bench) {
		return bench.faults().log().stream().filter((fault) -> fault.toString().contains("send")).count();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void f24LinksAreNotBuiltOnConnectionsThatAreGone(long seed) {
		Random random = new Random(seed);
		try (FaultBench bench = new FaultBench(seed)) {
			List<SourceRecorder> listeners = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				SourceRecorder recorder = new SourceRecorder();
				recorder.source = bench.service.client.open(ReceiverOptions.queue("orders"), recorder);
				recorder.source.demand(1);
				listeners.add(recorder);
			}
			for (int i = 0; i < 20; i++) {
				bench.service.advance(Duration.ofMillis(random.nextInt(15)));
				if (random.nextBoolean()) {
					bench.service.network.resetAll();
				}
				else {
					bench.faults().closeConnections(FaultError.connectionForced());
				}
			}
			bench.service.advance(Duration.ofSeconds(30));
			assertThat(bench.service.emulator.queue("orders").consumers()).as("seed %d", seed).isEqualTo(100);
			assertThat(bench.service.network.connections()).as("seed %d", seed).hasSize(1);
		}
	}

	@Test
	void f28ConnectionLivesThroughIdleHours() {
		try (FaultBench bench = new FaultBench(28)) {
			SourceRecorder listener = bench.listen(1);
			bench.service.advance(Duration.ofHours(2));
			assertThat(bench.service.network.connections()).extracting((connection) -> connection.number())
				.containsExactly(1);
			assertThat(listener.failures).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { -36_000, -300, 300, 36_000 })
	void f29StepsOfTheWallClockMoveNoTimer(long seconds) {
		try (FaultBench bench = new FaultBench(29)) {
			SourceRecorder recorder = new SourceRecorder();
			recorder.source = bench.service.client
				.open(ReceiverOptions.queue("orders").withMaxLockRenewal(Duration.ofHours(1)), recorder);
			recorder.source.demand(1);
			bench.send("1");
			bench.service.run();
			bench.service.network.time().shiftWallClock(Duration.ofSeconds(seconds));
			CompletableFuture<List<ServiceBusReceivedMessage>> waiting = bench.receiver()
				.receiveAsync(1, Duration.ofSeconds(5));
			assertThat(bench.timed(() -> assertThat(bench.service.await(waiting)).isEmpty()))
				.isBetween(Duration.ofSeconds(5), Duration.ofMillis(5050));
			bench.service.advance(Duration.ofMinutes(5));
			assertThat(bench.timed(() -> bench.send("2"))).isLessThan(Duration.ofSeconds(1));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { -600, 600 })
	void f29MessagesAreHandledWhateverTheClockOfTheBrokerSays(long seconds) {
		Instant start = SimulatedTime.START.plusSeconds(seconds);
		try (FaultBench bench = new FaultBench(30, ServiceBusEmulator.builder().queue("orders").clock(() -> start))) {
			ServiceBusReceiver receiver = bench.service.client
				.receiver(ReceiverOptions.queue("orders").withPrefetch(5).withMaxLockRenewal(Duration.ofMinutes(5)));
			bench.send("1", "2", "3");
			int handled = 0;
			for (int round = 0; round < 10 && handled < 3; round++) {
				for (ServiceBusReceivedMessage message : bench.receive(receiver, 1)) {
					bench.service.await(receiver.settleAsync(message, new Disposition.Complete()));
					handled++;
				}
			}
			assertThat(bench.stored()).isZero();
		}
	}

	private static ServiceBusClient client(FaultBench bench, TokenProvider tokens) {
		return ServiceBusClient.builder()
			.connectionString(bench.service.emulator.connectionString())
			.credential(tokens)
			.network(bench.service.network)
			.executor(Runnable::run)
			.random(new Random(1))
			.connectTimeout(Duration.ofSeconds(5))
			.build();
	}

}
