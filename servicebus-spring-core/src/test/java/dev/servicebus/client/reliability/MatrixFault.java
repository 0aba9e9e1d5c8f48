package dev.servicebus.client.reliability;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;

import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.emulator.fault.FaultError;

/**
 * A row of the fault matrix: what goes wrong, and how an operation may end then.
 */
enum MatrixFault {

	M01_RESET_WHILE_IDLE(Effect.PASSES, (bench, operation) -> {
		bench.service.network.resetAll();
		bench.service.run();
	}),

	M02_RESET_BEFORE_THE_REQUEST_ARRIVES(Effect.PASSES,
			(bench, operation) -> operation.at(bench.faults()).dropConnection()),

	M02_RESET_BEFORE_THE_ANSWER_ARRIVES(Effect.LOSES_THE_ANSWER,
			(bench, operation) -> operation.at(bench.faults()).dropInsteadOfAnswering()),

	M03_RESET_IN_THE_MIDDLE_OF_A_MESSAGE(Effect.PASSES,
			(bench, operation) -> bench.service.network.connections()
				.forEach((connection) -> connection.resetAfter(Direction.BOTH, 70_000))),

	M04_BLACK_HOLE(Effect.SILENCES, (bench, operation) -> blackHole(bench, Direction.BOTH)),

	M05_BLACK_HOLE_INBOUND(Effect.SILENCES, (bench, operation) -> blackHole(bench, Direction.TO_DIALER)),

	M06_PEER_STOPS_READING(Effect.SILENCES, (bench, operation) -> blackHole(bench, Direction.TO_LISTENER)),

	M20_IDLE_CONNECTION_CLOSED(Effect.PASSES, (bench, operation) -> {
		bench.faults().closeConnections(FaultError.connectionForced());
		bench.service.run();
	}),

	M20_CONNECTION_CLOSED(Effect.PASSES,
			(bench, operation) -> operation.at(bench.faults()).closeConnection(FaultError.connectionForced())),

	M21_CONNECTION_CLOSED_BY_A_FAULT(Effect.PASSES,
			(bench, operation) -> operation.at(bench.faults()).closeConnection(FaultError.internalError())),

	M22_CONNECTION_REFUSED(Effect.REFUSES, (bench, operation) -> {
		bench.faults().onOpen().next(2).refuse(FaultError.unauthorized());
		bench.service.network.resetAll();
		bench.service.run();
	}),

	M23_IDLE_SESSION_ENDED(Effect.PASSES, (bench, operation) -> {
		bench.faults().endSessions(FaultError.connectionForced());
		bench.service.run();
	}),

	M23_SESSION_ENDED(Effect.PASSES,
			(bench, operation) -> operation.at(bench.faults()).endSessions(FaultError.internalError())),

	M24_WINDOW_CLOSED(Effect.SILENCES, (bench, operation) -> {
		bench.faults().closeWindows();
		bench.service.run();
	}),

	M25_DETACHED_FOR_MAINTENANCE(Effect.PASSES,
			(bench, operation) -> operation.at(bench.faults()).detach(FaultError.detachForced())),

	M26_DETACHED_BY_A_FAULT(Effect.PASSES,
			(bench, operation) -> operation.at(bench.faults()).detach(FaultError.internalError())),

	M26_DETACHED_FOR_AN_UNKNOWN_REASON(Effect.PASSES,
			(bench, operation) -> operation.at(bench.faults()).detach(FaultError.of("contoso:unheard-of"))),

	M27_DETACHED_BY_A_BUSY_SERVICE(Effect.PASSES,
			(bench, operation) -> operation.at(bench.faults()).detach(FaultError.serverBusy())),

	M28_DETACHED_AFTER_A_TIMEOUT(Effect.PASSES,
			(bench, operation) -> operation.at(bench.faults()).detach(FaultError.timeout())),

	M40_M41_ANSWER_NEVER_COMES(Effect.SILENCES, (bench, operation) -> operation.at(bench.faults()).swallowAnswer()),

	M40_M41_REQUEST_IS_IGNORED(Effect.SILENCES, (bench, operation) -> operation.at(bench.faults()).ignore()),

	M42_ANSWER_COMES_TOO_LATE(Effect.SILENCES,
			(bench, operation) -> operation.at(bench.faults()).delayAnswer(Duration.ofSeconds(70))),

	M52_TOKEN_NODE_FAILS(Effect.PASSES, (bench, operation) -> {
		bench.faults().onToken().next(2).refuse(FaultError.internalError());
		bench.service.network.resetAll();
	}),

	M52_TOKEN_NODE_IS_BUSY(Effect.PASSES, (bench, operation) -> {
		bench.faults().onToken().refuse(FaultError.serverBusy());
		bench.service.network.resetAll();
	}),

	M52_TOKEN_NODE_IS_SILENT(Effect.SILENCES, (bench, operation) -> {
		bench.faults().onToken().ignore();
		bench.service.network.resetAll();
	}),

	M54_HALF_OF_THE_TOKEN_NODE(Effect.PASSES, (bench, operation) -> {
		bench.faults().onAttach("$cbs").nth(2).refuse(FaultError.internalError());
		bench.service.network.resetAll();
	});

	private final Effect effect;

	private final BiConsumer<FaultBench, MatrixOperation> injection;

	MatrixFault(Effect effect, BiConsumer<FaultBench, MatrixOperation> injection) {
		this.effect = effect;
		this.injection = injection;
	}

	void inject(FaultBench bench, MatrixOperation operation) {
		this.injection.accept(bench, operation);
	}

	/**
	 * How an operation that is hit may end.
	 */
	Set<End> ends(MatrixOperation operation) {
		if (operation == MatrixOperation.TRANSACTION) {
			// Work is never repeated in a transaction, nor outside of it.
			return EnumSet.allOf(End.class);
		}
		if (this.effect == Effect.PASSES) {
			return switch (operation) {
				// The lock of a session may be lost with its link.
				case SET_STATE, GET_STATE -> EnumSet.of(End.SUCCESS, End.FAILURE);
				// A second attempt would fail because of the first.
				case ADD_RULE, RECEIVE_DEFERRED -> EnumSet.of(End.SUCCESS, End.UNKNOWN);
				default -> EnumSet.of(End.SUCCESS);
			};
		}
		if (this.effect == Effect.LOSES_THE_ANSWER) {
			return EnumSet.of(operation.isRepeatable() ? End.SUCCESS : End.UNKNOWN);
		}
		return EnumSet.allOf(End.class);
	}

	private static void blackHole(FaultBench bench, Direction direction) {
		bench.service.network.connections().forEach((connection) -> connection.blackhole(direction));
	}

	/**
	 * How an operation can end.
	 */
	enum End {

		SUCCESS, FAILURE, UNKNOWN

	}

	private enum Effect {

		/** The operation is repeated within its time and succeeds. */
		PASSES,

		/** What was done cannot be seen: success only where repeating is harmless. */
		LOSES_THE_ANSWER,

		/** The operation may run into its deadline. */
		SILENCES,

		/** The broker says that trying is pointless. */
		REFUSES

	}

}
