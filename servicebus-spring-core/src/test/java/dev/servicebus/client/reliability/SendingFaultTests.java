package dev.servicebus.client.reliability;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusQuotaExceededException;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.message.ServiceBusMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * F30 to F35: sending.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SendingFaultTests {

	@Test
	void f30PeerThatDoesNotReadEndsSendsAtTheirDeadline() {
		try (FaultBench bench = new FaultBench(30)) {
			bench.send("first");
			bench.service.network.connections().forEach((connection) -> connection.blackhole(Direction.TO_LISTENER));
			List<CompletableFuture<Void>> sends = new ArrayList<>();
			byte[] large = new byte[10_000];
			for (int i = 0; i < 1_000; i++) {
				sends.add(bench.service.client.sender("orders").sendAsync(ServiceBusMessage.of(large)));
			}
			bench.service.advance(FaultBench.OPERATION_TIMEOUT.plus(FaultBench.TOLERANCE));
			assertThat(sends).allSatisfy((send) -> assertThat(send).isCompletedExceptionally());

			bench.service.advance(Duration.ofSeconds(90));
			assertThat(bench.timed(() -> bench.send("after"))).isLessThan(Duration.ofSeconds(1));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void f31SendWhoseAnswerNeverComesEndsAsUnknown(boolean stored) {
		try (FaultBench bench = new FaultBench(31)) {
			if (stored) {
				bench.faults().onSend("orders").always().swallowAnswer();
			}
			else {
				bench.faults().onSend("orders").always().ignore();
			}
			CompletableFuture<Void> send = bench.startSend("1");
			bench.service.advance(FaultBench.OPERATION_TIMEOUT.plus(FaultBench.TOLERANCE));
			assertUnknown(send);
			assertThat(bench.stored()).isEqualTo(stored ? 1 : 0);

			bench.faults().clear();
			assertThat(bench.timed(() -> bench.send("after"))).isLessThan(Duration.ofSeconds(1));
		}
	}

	@Test
	void f31AnswerOfAnotherDeliveryEndsNothing() {
		try (FaultBench bench = new FaultBench(32)) {
			bench.faults().onSend("orders").swallowAnswer();
			CompletableFuture<Void> first = bench.startSend("first");
			CompletableFuture<Void> second = bench.startSend("second");
			bench.service.run();
			assertThat(second).isCompleted();
			assertThat(first).isNotDone();
		}
	}

	@Test
	void f32SenderIsRebuiltWithoutDelayAfterIdleHours() {
		try (FaultBench bench = new FaultBench(33)) {
			bench.send("before");
			for (int i = 0; i < 10; i++) {
				bench.service.advance(Duration.ofMinutes(30));
				bench.faults().detachLinks("orders", FaultError.detachForced());
				bench.service.advance(Duration.ofMinutes(5));
				bench.faults().closeConnections(FaultError.connectionForced());
				bench.service.run();
				assertThat(bench.timed(() -> bench.send("after"))).isLessThan(Duration.ofMillis(250));
			}
			assertThat(bench.stored()).isEqualTo(11);
		}
	}

	@Test
	void f33RepeatedSendIsStoredOnceWhereDuplicatesAreDetected() {
		EntityOptions options = EntityOptions.builder().duplicateDetectionWindow(Duration.ofMinutes(10)).build();
		try (FaultBench bench = new FaultBench(34, ServiceBusEmulator.builder().queue("orders", options))) {
			bench.faults().onSend("orders").next(2).dropInsteadOfAnswering();
			bench.service.await(bench.service.client.sender("orders")
				.sendAsync(ServiceBusMessage.builder().body("x").messageId("m1").build()));
			assertThat(bench.faults().log()).hasSize(2);
			assertThat(bench.stored()).isOne();
		}
	}

	@Test
	void f33EveryAttemptCarriesTheSameMessageId() {
		try (FaultBench bench = new FaultBench(35)) {
			bench.faults().onSend("orders").dropInsteadOfAnswering();
			bench.service.await(bench.service.client.sender("orders")
				.sendAsync(ServiceBusMessage.builder().body("x").messageId("m1").build()));
			assertThat(bench.service.emulator.queue("orders").messages()).hasSize(2)
				.allSatisfy((message) -> assertThat(message.messageId()).isEqualTo("m1"));
		}
	}

	@Test
	void f33ScheduleReturnsOnlyNumbersThatTheBrokerAssigned() {
		try (FaultBench bench = new FaultBench(36)) {
			bench.faults().onRequest("orders", "com.microsoft:schedule-message").dropInsteadOfAnswering();
			List<Long> numbers = bench.service
				.await(sender(bench).scheduleAsync(List.of(ServiceBusMessage.of("later")), inAnHour(bench)));
			assertThat(bench.service.emulator.queue("orders").messages())
				.anyMatch((message) -> message.sequenceNumber() == numbers.get(0));
		}
	}

	@Test
	void f33ScheduleWhoseAnswersAreAllLostEndsAsUnknown() {
		try (FaultBench bench = new FaultBench(37)) {
			bench.faults().onRequest("orders", "com.microsoft:schedule-message").always().swallowAnswer();
			CompletableFuture<List<Long>> scheduled = sender(bench)
				.scheduleAsync(List.of(ServiceBusMessage.of("later")), inAnHour(bench));
			bench.service.advance(FaultBench.OPERATION_TIMEOUT.plus(FaultBench.TOLERANCE));
			assertUnknown(scheduled);
		}
	}

	@Test
	void f33CancellationThatWasDoneWithoutAnAnswerIsNotReportedAsAMissingMessage() {
		try (FaultBench bench = new FaultBench(38)) {
			List<Long> numbers = bench.service
				.await(sender(bench).scheduleAsync(List.of(ServiceBusMessage.of("later")), inAnHour(bench)));
			bench.faults().onRequest("orders", "com.microsoft:cancel-scheduled-message").dropInsteadOfAnswering();
			CompletableFuture<Void> cancelled = sender(bench).cancelScheduledAsync(numbers);
			bench.service.advance(FaultBench.OPERATION_TIMEOUT.plus(FaultBench.TOLERANCE));
			assertUnknown(cancelled);
			assertThat(bench.stored()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "amqp:resource-limit-exceeded", "amqp:link:message-size-exceeded", "amqp:not-allowed",
			"com.microsoft:argument-error", "com.microsoft:entity-disabled", "amqp:not-implemented" })
	void f35WhatCannotSucceedIsTriedOnceAndFailsAtOnce(String condition) {
		try (FaultBench bench = new FaultBench(39)) {
			bench.send("warm");
			bench.faults().onSend("orders").always().refuse(FaultError.of(condition));
			Duration spent = bench.timed(
					() -> assertThatExceptionOfType(ServiceBusException.class).isThrownBy(() -> bench.send("hopeless"))
						.satisfies((failure) -> assertThat(failure.isTransient()).isFalse())
						.satisfies((failure) -> assertThat(failure.condition()).isEqualTo(condition)));
			assertThat(spent).isLessThan(Duration.ofMillis(100));
			assertThat(bench.faults().log()).hasSize(1);
		}
	}

	@Test
	void f35QuotaAndSizeHaveTheirOwnExceptions() {
		try (FaultBench bench = new FaultBench(40)) {
			bench.faults().onSend("orders").refuse(FaultError.of("amqp:resource-limit-exceeded"));
			assertThatExceptionOfType(ServiceBusQuotaExceededException.class).isThrownBy(() -> bench.send("1"));
			bench.faults().onSend("orders").refuse(FaultError.of("amqp:link:message-size-exceeded"));
			assertThatExceptionOfType(MessageSizeExceededException.class).isThrownBy(() -> bench.send("1"));
		}
	}

	@Test
	void linkOnWhichNothingIsAnsweredIsReplaced() {
		try (FaultBench bench = new FaultBench(41)) {
			bench.send("before");
			// The broker has forgotten the link but keeps the connection alive.
			bench.faults().onSend("orders").always().ignore();
			CompletableFuture<Void> lost = bench.startSend("lost");
			bench.service.advance(FaultBench.OPERATION_TIMEOUT.plus(FaultBench.TOLERANCE));
			assertUnknown(lost);
			bench.faults().clear();
			int attaches = bench.faults().log().size();
			bench.faults().onAttachSender("orders").delayAnswer(Duration.ZERO);
			bench.send("after");
			assertThat(bench.faults().log().size()).as("attached anew").isGreaterThan(attaches);
		}
	}

	private static ServiceBusSender sender(FaultBench bench) {
		return bench.service.client.sender("orders");
	}

	private static OffsetDateTime inAnHour(FaultBench bench) {
		return bench.service.network.time().clock().instant().atOffset(ZoneOffset.UTC).plusHours(1);
	}

	private static void assertUnknown(CompletableFuture<?> future) {
		assertThat(future).isCompletedExceptionally();
		assertThat(future.handle((result, failure) -> failure).join()).isInstanceOf(UnknownOutcomeException.class);
	}

}
