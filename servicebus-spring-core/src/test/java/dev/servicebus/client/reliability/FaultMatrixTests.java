package dev.servicebus.client.reliability;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.reliability.MatrixFault.End;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Every fault of the matrix meets every operation. Whatever happens, the operation ends
 * once and in time, says nothing that the broker contradicts, and the client works
 * afterwards.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FaultMatrixTests {

	static Stream<Arguments> cells() {
		return Arrays.stream(MatrixFault.values())
			.flatMap(
					(fault) -> Arrays.stream(MatrixOperation.values()).map((operation) -> arguments(fault, operation)));
	}

	@ParameterizedTest
	@MethodSource("cells")
	void operationEndsOnceInTimeAndTruly(MatrixFault fault, MatrixOperation operation) {
		try (MatrixRun run = new MatrixRun(operation)) {
			run.prepare();
			fault.inject(run.bench, operation);
			AtomicInteger ends = new AtomicInteger();
			CompletableFuture<?> future = run.start();
			future.whenComplete((result, failure) -> ends.incrementAndGet());
			run.bench.service.advance(FaultBench.OPERATION_TIMEOUT.plus(FaultBench.TOLERANCE));
			assertThat(future).isDone();

			End end = endOf(future);
			assertThat(fault.ends(operation)).as("%s", future).contains(end);
			assertThat(end != End.SUCCESS || run.isDone()).as("success that the broker knows of, %s", future).isTrue();
			assertThat(end != End.FAILURE || run.isUndone()).as("failure that left nothing behind, %s", future)
				.isTrue();

			recover(run.bench);
			assertThat(ends).hasValue(1);
		}
	}

	private static void recover(FaultBench bench) {
		bench.faults().clear();
		bench.service.network.heal();
		bench.service.advance(Duration.ofSeconds(130));
		bench.service.emulator.queue("orders").purge();
		assertThat(bench.timed(() -> bench.send("after"))).isLessThan(Duration.ofSeconds(1));
		assertThat(bench.receive(bench.receiver(), 1)).hasSize(1);
	}

	private static End endOf(CompletableFuture<?> future) {
		Throwable failure = future.handle((result, cause) -> cause).join();
		if (failure instanceof CompletionException stage) {
			failure = stage.getCause();
		}
		if (failure == null) {
			return End.SUCCESS;
		}
		return (failure instanceof UnknownOutcomeException) ? End.UNKNOWN : End.FAILURE;
	}

}
