package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.TransactionException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.error.ErrorMapper;
import org.jspecify.annotations.Nullable;

/**
 * One transaction, from its declaration to its end. It belongs to one life of the
 * coordinator link and never outlives it. Confined to the loop.
 */
final class TransactionLife {

	static final ErrorContext COMMIT = ErrorContext.of("commit", null);

	static final ErrorContext ROLL_BACK = ErrorContext.of("roll back", null);

	private final Coordinator coordinator;

	private final CoordinatorLife life;

	private final byte[] id;

	private final Duration timeout;

	private final List<Runnable> whenGivenUp = new ArrayList<>();

	private final List<Runnable> whenEnded = new ArrayList<>();

	private State state = State.OPEN;

	private int underWay;

	/** The first failure of work, or why it cannot go on. */
	private @Nullable ServiceBusException failure;

	private @Nullable Discharge discharge;

	private Deadlines.@Nullable Entry timeLimit;

	/**
	 * Makes a transaction that was declared.
	 * @param coordinator who ends it
	 * @param life the link on which it was declared
	 * @param id its name there
	 * @param timeout within which its commit or roll-back ends
	 */
	TransactionLife(Coordinator coordinator, CoordinatorLife life, byte[] id, Duration timeout) {
		this.coordinator = coordinator;
		this.life = life;
		this.id = id;
		this.timeout = timeout;
	}

	byte[] id() {
		return this.id;
	}

	/**
	 * How the broker is told that a delivery belongs to this transaction.
	 * @param outcome what becomes of the delivery, {@code null} for one that is sent
	 */
	DeliveryState stateOf(@Nullable DeliveryState outcome) {
		return new DeliveryState.Transactional(this.id, outcome);
	}

	/**
	 * Takes work in; {@link #ended(ServiceBusException)} has to follow.
	 * @return why that is not possible, {@code null} if it is
	 */
	@Nullable ServiceBusException begin(ErrorContext where) {
		if (this.state != State.OPEN) {
			return over(where);
		}
		this.underWay++;
		return null;
	}

	/**
	 * Carries work out as part of this transaction.
	 */
	<T extends @Nullable Object> void run(ErrorContext where, Completion<T> completion, Completions.Operation<T> work) {
		ServiceBusException refusal = begin(where);
		if (refusal != null) {
			completion.failure(refusal);
			return;
		}
		work.start(new Completion<>() {
			@Override
			public void success(T result) {
				ended(null);
				completion.success(result);
			}

			@Override
			public void failure(ServiceBusException cause) {
				ended(cause);
				completion.failure(cause);
			}
		});
	}

	/**
	 * Work has ended. If it has failed the rest must not be done either.
	 */
	void ended(@Nullable ServiceBusException cause) {
		this.underWay--;
		if (this.failure == null) {
			this.failure = cause;
		}
		if (this.state == State.ENDING && this.discharge == null && this.underWay == 0) {
			discharge();
		}
	}

	/**
	 * Says why work that was taken in must not be sent any more, {@code null} if it may.
	 */
	@Nullable ServiceBusException whyNot(ErrorContext where) {
		boolean open = this.state == State.OPEN || (this.state == State.ENDING && this.discharge == null);
		return open ? null : over(where);
	}

	/**
	 * Runs something when it is certain or possible that the work was not done.
	 */
	void whenGivenUp(Runnable task) {
		this.whenGivenUp.add(task);
	}

	/**
	 * Has everything done when the work under way has ended.
	 */
	void commit(Completion<@Nullable Void> completion) {
		beginEnding();
		if (this.underWay == 0 && this.state == State.ENDING && this.discharge == null) {
			discharge();
		}
		whenEnded(() -> tellCommit(completion));
	}

	private void tellCommit(Completion<@Nullable Void> completion) {
		switch (this.state) {
			case COMMITTED -> Completion.done(completion);
			case UNKNOWN -> completion.failure(unknown(COMMIT));
			default -> completion.failure(over(COMMIT));
		}
	}

	/**
	 * Has nothing done.
	 */
	void rollBack(Completion<@Nullable Void> completion) {
		giveUp();
		whenEnded(() -> tellRollBack(completion));
	}

	private void tellRollBack(Completion<@Nullable Void> completion) {
		switch (this.state) {
			case GIVEN_UP -> Completion.done(completion);
			case UNKNOWN -> completion.failure(unknown(ROLL_BACK));
			default -> completion.failure(over(ROLL_BACK));
		}
	}

	/**
	 * Tells the broker to forget the work, if nothing else was decided.
	 */
	void giveUp() {
		if (this.state == State.OPEN) {
			beginEnding();
			send(Discharge.Verdict.ROLL_BACK);
		}
	}

	private void beginEnding() {
		if (this.state == State.OPEN) {
			this.state = State.ENDING;
			this.timeLimit = this.coordinator.deadlines().add(this.timeout, this::timeIsUp);
		}
	}

	private void discharge() {
		send((this.failure == null) ? Discharge.Verdict.COMMIT : Discharge.Verdict.ROLL_BACK);
	}

	private void send(Discharge.Verdict verdict) {
		this.discharge = new Discharge(this, verdict);
		this.life.send(this.discharge);
	}

	void discharged(Discharge command, @Nullable DeliveryState answer) {
		if (this.state != State.ENDING) {
			return;
		}
		boolean committing = command.verdict() == Discharge.Verdict.COMMIT;
		if (answer instanceof DeliveryState.Accepted) {
			end(committing ? State.COMMITTED : State.GIVEN_UP);
			return;
		}
		ServiceBusException cause = ErrorMapper.ofCoordinatorOutcome(COMMIT, answer);
		notDischarged(command, cause instanceof UnknownOutcomeException, cause);
	}

	/**
	 * The broker has not done what it was told.
	 * @param maybe whether it is possible that it has
	 */
	void notDischarged(Discharge command, boolean maybe, ServiceBusException cause) {
		if (this.state != State.ENDING) {
			return;
		}
		if (this.failure == null) {
			this.failure = cause;
		}
		end((maybe && command.verdict() == Discharge.Verdict.COMMIT) ? State.UNKNOWN : State.GIVEN_UP);
	}

	/**
	 * The link of the coordinator is lost, and with it what was not discharged.
	 */
	void lost(ServiceBusException cause) {
		if (this.state == State.OPEN || this.state == State.ENDING) {
			this.failure = cause;
			end(State.GIVEN_UP);
		}
	}

	private void timeIsUp() {
		long millis = this.timeout.toMillis();
		Discharge sent = this.discharge;
		if (sent == null) {
			this.failure = timeout("work in it has not ended within " + millis + " ms");
			send(Discharge.Verdict.ROLL_BACK);
			end(State.GIVEN_UP);
			return;
		}
		notDischarged(sent, !this.life.withdraw(sent), timeout("no answer within " + millis + " ms"));
	}

	private void end(State end) {
		this.state = end;
		if (this.timeLimit != null) {
			this.timeLimit.cancel();
		}
		this.life.remove(this);
		if (end != State.COMMITTED) {
			this.whenGivenUp.forEach(Runnable::run);
		}
		this.whenGivenUp.clear();
		List<Runnable> waiting = List.copyOf(this.whenEnded);
		this.whenEnded.clear();
		waiting.forEach(Runnable::run);
	}

	/**
	 * Runs something when it is over, after what follows from its having been given up.
	 */
	void whenEnded(Runnable task) {
		if (this.state == State.OPEN || this.state == State.ENDING) {
			this.whenEnded.add(task);
		}
		else {
			task.run();
		}
	}

	private TransactionException over(ErrorContext where) {
		String text = switch (this.state) {
			case COMMITTED -> "the transaction was committed before";
			case UNKNOWN -> "the transaction has ended, and nobody knows whether it was committed";
			default -> (this.failure != null) ? "the transaction is given up: " + this.failure.getMessage()
					: "the transaction is rolled back";
		};
		return new TransactionException(where.withDescription(text), this.failure);
	}

	private UnknownOutcomeException unknown(ErrorContext where) {
		return new UnknownOutcomeException(where.withDescription("the answer to the commit was lost"), this.failure);
	}

	private static OperationTimeoutException timeout(String text) {
		return new OperationTimeoutException(COMMIT.withDescription(text));
	}

	ClientCore core() {
		return this.coordinator.core();
	}

	private enum State {

		OPEN, ENDING, COMMITTED, GIVEN_UP, UNKNOWN

	}

}
