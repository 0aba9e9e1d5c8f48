package dev.servicebus.client.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageAlreadySettledException;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.reliability.FaultBench.SourceRecorder;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * F10 to F15 and F48: locks and settlement.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SettlementFaultTests {

	static Stream<Disposition> dispositions() {
		return Stream.of(new Disposition.Complete(), new Disposition.Abandon(Map.of()), new Disposition.Defer(Map.of()),
				new Disposition.DeadLetter("reason", "why", Map.of()), new Disposition.Release());
	}

	@ParameterizedTest
	@MethodSource("dispositions")
	void f10SettlementThatIsNeverAnsweredEndsAsUnknown(Disposition disposition) {
		try (FaultBench bench = new FaultBench(10)) {
			bench.send("1");
			ServiceBusReceiver receiver = bench.receiver();
			ServiceBusReceivedMessage message = bench.receive(receiver, 1).get(0);
			bench.faults().onSettle("orders").always().swallowAnswer();
			CompletableFuture<Void> settled = receiver.settleAsync(message, disposition);
			bench.service.advance(FaultBench.OPERATION_TIMEOUT.plus(FaultBench.TOLERANCE));
			assertUnknown(settled);
		}
	}

	@ParameterizedTest
	@MethodSource("dispositions")
	void f10SettlementOnALinkThatGoesAwayEnds(Disposition disposition) {
		try (FaultBench bench = new FaultBench(11)) {
			bench.send("1");
			ServiceBusReceiver receiver = bench.receiver();
			ServiceBusReceivedMessage message = bench.receive(receiver, 1).get(0);
			bench.faults().onSettle("orders").detach(FaultError.detachForced());
			Duration spent = bench.timed(() -> bench.service.await(receiver.settleAsync(message, disposition)));
			assertThat(spent).isLessThan(Duration.ofSeconds(2));
		}
	}

	@ParameterizedTest
	@MethodSource("dispositions")
	void f11MessageOfALostLinkIsSettledByItsLock(Disposition disposition) {
		try (FaultBench bench = new FaultBench(12)) {
			bench.send("1");
			ServiceBusReceiver receiver = bench.receiver();
			ServiceBusReceivedMessage message = bench.receive(receiver, 1).get(0);
			bench.service.network.resetAll();
			bench.service.run();
			bench.service.await(receiver.settleAsync(message, disposition));
			boolean stays = disposition.returnsMessage() || disposition instanceof Disposition.Defer;
			assertThat(bench.stored()).isEqualTo(stays ? 1 : 0);
			assertThat(bench.service.emulator.queue("orders").messages()).noneMatch((stored) -> stored.isLocked());
		}
	}

	@Test
	void f12SettlementThatWasDoneWithoutAnAnswerIsUnknownAndNeitherSuccessNorLockLost() {
		try (FaultBench bench = new FaultBench(13)) {
			bench.send("1");
			ServiceBusReceiver receiver = bench.receiver();
			ServiceBusReceivedMessage message = bench.receive(receiver, 1).get(0);
			bench.faults().onSettle("orders").dropInsteadOfAnswering();
			assertThatExceptionOfType(UnknownOutcomeException.class)
				.isThrownBy(() -> bench.complete(receiver, message));
			assertThat(bench.stored()).isZero();
		}
	}

	@Test
	void f12SettlementThatWasNotDoneIsDoneByTheLock() {
		try (FaultBench bench = new FaultBench(14)) {
			bench.send("1");
			ServiceBusReceiver receiver = bench.receiver();
			ServiceBusReceivedMessage message = bench.receive(receiver, 1).get(0);
			bench.faults().onSettle("orders").dropConnection();
			bench.complete(receiver, message);
			assertThat(bench.stored()).isZero();
		}
	}

	@Test
	void f12SettlementStaysUnknownWhenTheSecondAttemptFailsForAnyReason() {
		try (FaultBench bench = new FaultBench(15)) {
			bench.send("1");
			ServiceBusReceiver receiver = bench.receiver();
			ServiceBusReceivedMessage message = bench.receive(receiver, 1).get(0);
			bench.faults().onSettle("orders").dropInsteadOfAnswering();
			bench.faults()
				.onRequest("orders", "com.microsoft:update-disposition")
				.always()
				.refuse(FaultError.of("amqp:not-allowed"));
			assertThatExceptionOfType(UnknownOutcomeException.class)
				.isThrownBy(() -> bench.complete(receiver, message));
		}
	}

	@Test
	void f13MessageWhoseLockRanOutInTheBufferIsNotHandedOut() {
		EntityOptions options = EntityOptions.builder().lockDuration(Duration.ofSeconds(5)).build();
		try (FaultBench bench = new FaultBench(16, ServiceBusEmulator.builder().queue("orders", options))) {
			for (int i = 0; i < 20; i++) {
				bench.send("m" + i);
			}
			ServiceBusReceiver receiver = bench.service.client
				.receiver(ReceiverOptions.queue("orders").withPrefetch(50));
			int handled = 0;
			for (int round = 0; round < 15; round++) {
				bench.service.advance(Duration.ofSeconds(4));
				for (ServiceBusReceivedMessage message : bench.receive(receiver, 1)) {
					bench.complete(receiver, message);
					handled++;
				}
			}
			assertThat(handled).isEqualTo(15);
		}
	}

	@Test
	void f13MessagesThatNobodyAsksForGoBackBeforeTheirLocksRunOutAndAreNotCounted() {
		EntityOptions options = EntityOptions.builder().lockDuration(Duration.ofSeconds(5)).build();
		try (FaultBench bench = new FaultBench(18, ServiceBusEmulator.builder().queue("orders", options))) {
			for (int i = 0; i < 20; i++) {
				bench.send("m" + i);
			}
			ServiceBusReceiver receiver = bench.service.client
				.receiver(ReceiverOptions.queue("orders").withPrefetch(50));
			bench.complete(receiver, bench.receive(receiver, 1).get(0));
			assertThat(bench.service.emulator.queue("orders").messages()).allMatch(StoredMessage::isLocked);
			bench.service.advance(Duration.ofSeconds(3));
			assertThat(bench.service.emulator.queue("orders").messages()).noneMatch(StoredMessage::isLocked);

			bench.service.advance(Duration.ofHours(1));
			assertThat(bench.service.emulator.queue("orders").messages()).hasSize(19)
				.noneMatch(StoredMessage::isLocked)
				.allMatch((message) -> message.deliveryCount() == 0);
			assertThat(bench.receive(receiver, 20)).extracting(ServiceBusReceivedMessage::bodyAsString)
				.startsWith("m1", "m2", "m3");
		}
	}

	@Test
	void f14RenewalGoesOnThroughEveryFailureThatLeavesTheLockAlive() {
		try (FaultBench bench = new FaultBench(17)) {
			SourceRecorder recorder = new SourceRecorder();
			recorder.source = bench.service.client.open(
					ReceiverOptions.queue("orders").withMaxLockRenewal(Duration.ofHours(1)).withPrefetch(450),
					recorder);
			recorder.source.demand(50);
			for (int i = 0; i < 500; i++) {
				bench.startSend("m" + i);
			}
			bench.service.run();
			assertThat(recorder.messages).hasSize(500);
			var renewals = bench.faults().onRequest("orders", "com.microsoft:renew-lock");
			for (FaultError error : List.of(FaultError.timeout(), FaultError.internalError(),
					FaultError.serverBusy())) {
				renewals.refuse(error);
				bench.service.advance(Duration.ofMinutes(1));
			}
			renewals.ignore();
			bench.service.advance(Duration.ofMinutes(2));
			renewals.dropConnection();
			bench.service.advance(Duration.ofMinutes(2));

			assertThat(recorder.lost).isEmpty();
			List<CompletableFuture<Void>> settled = new ArrayList<>();
			recorder.messages
				.forEach((message) -> settled.add(recorder.source.settle(message, new Disposition.Complete())));
			settled.forEach(bench.service::await);
			assertThat(bench.stored()).isZero();
		}
	}

	@Test
	void f14LockThatIsGoneEndsItsRenewalAndIsReportedOnce() {
		try (FaultBench bench = new FaultBench(18)) {
			SourceRecorder recorder = new SourceRecorder();
			MessageSource source = bench.service.client
				.open(ReceiverOptions.queue("orders").withMaxLockRenewal(Duration.ofHours(1)), recorder);
			source.demand(1);
			bench.send("1");
			bench.service.run();
			source.demand(0);
			bench.faults()
				.onRequest("orders", "com.microsoft:renew-lock")
				.always()
				.refuse(FaultError.messageLockLost());
			bench.service.advance(Duration.ofMinutes(10));
			assertThat(recorder.lost).hasSize(1);
			assertThat(bench.faults().log()).as("requests").hasSize(1);
		}
	}

	@Test
	void f15FirstOfTwoSettlementsWins() {
		try (FaultBench bench = new FaultBench(19)) {
			bench.send("1");
			ServiceBusReceiver receiver = bench.receiver();
			ServiceBusReceivedMessage message = bench.receive(receiver, 1).get(0);
			bench.faults().onSettle("orders").always().delayAnswer(Duration.ofMillis(10));
			CompletableFuture<Void> first = receiver.settleAsync(message, new Disposition.Complete());
			CompletableFuture<Void> second = receiver.settleAsync(message, new Disposition.Abandon(Map.of()));
			bench.service.run();
			assertThat(first).isCompleted();
			assertThat(second.handle((done, failure) -> failure).join())
				.isInstanceOf(MessageAlreadySettledException.class);
			assertThat(bench.faults().log()).as("frames").hasSize(1);
			assertThat(bench.stored()).isZero();
		}
	}

	@Test
	void f48ReasonOfAnyLengthIsCutWhereItIsMadeOfAnyText() {
		try (FaultBench bench = new FaultBench(20)) {
			bench.send("1");
			ServiceBusReceiver receiver = bench.receiver();
			ServiceBusReceivedMessage message = bench.receive(receiver, 1).get(0);
			String long1 = "\uD83D\uDE00".repeat(500_000);
			bench.service
				.await(receiver.settleAsync(message, Disposition.DeadLetter.ofAnyText(long1, long1, Map.of())));
			assertThat(bench.service.emulator.queue("orders").deadLetters()).singleElement()
				.satisfies((dead) -> assertThat(dead.deadLetterReason()).isNotEmpty()
					.hasSizeLessThanOrEqualTo(Disposition.DeadLetter.MAX_TEXT_LENGTH));
		}
	}

	@Test
	void f48DeadLetteringThatFailsIsReportedAndTheMessageStays() {
		try (FaultBench bench = new FaultBench(21)) {
			bench.send("1");
			ServiceBusReceiver receiver = bench.receiver();
			ServiceBusReceivedMessage message = bench.receive(receiver, 1).get(0);
			bench.faults().onSettle("orders").refuse(FaultError.internalError());
			CompletableFuture<Void> settled = receiver.settleAsync(message,
					new Disposition.DeadLetter("reason", "why", Map.of()));
			bench.service.run();
			assertThat(settled).isCompletedExceptionally();
			bench.service.advance(Duration.ofMinutes(2));
			assertThat(bench.receive(receiver, 1)).hasSize(1);
		}
	}

	private static void assertUnknown(CompletableFuture<?> future) {
		assertThat(future).isDone();
		assertThat(future.handle((result, failure) -> failure).join()).isInstanceOf(UnknownOutcomeException.class);
	}

}
