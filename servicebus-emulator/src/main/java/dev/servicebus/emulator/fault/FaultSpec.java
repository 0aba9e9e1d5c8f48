package dev.servicebus.emulator.fault;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A fault in the making: where is known, now follow when and what. Methods about
 * <em>when</em> return another specification, those about <em>what</em> script the fault.
 * Without any word about when, it happens once, at the next occasion. Immutable.
 */
public final class FaultSpec {

	private final FaultPoint point;

	private final @Nullable String entity;

	private final @Nullable String operation;

	private final FaultSchedule schedule;

	private final Consumer<Consumer<FaultRules>> script;

	private FaultSpec(FaultSpec other, FaultSchedule schedule) {
		this.point = other.point;
		this.entity = other.entity;
		this.operation = other.operation;
		this.schedule = schedule;
		this.script = other.script;
	}

	/**
	 * Begins a specification.
	 * @param point where the fault happens
	 * @param entity the entity, {@code null} for all
	 * @param operation the operation, {@code null} for all
	 * @param script carries a change of the rules to the broker's loop
	 */
	public FaultSpec(FaultPoint point, @Nullable String entity, @Nullable String operation,
			Consumer<Consumer<FaultRules>> script) {
		this.point = point;
		this.entity = entity;
		this.operation = operation;
		this.schedule = FaultSchedule.NEXT;
		this.script = script;
	}

	/**
	 * At each of the next {@code count} occasions.
	 */
	public FaultSpec next(int count) {
		return new FaultSpec(this, new FaultSchedule(1, 1, count));
	}

	/**
	 * Once, at the occasion of this number, counted from now and from 1.
	 */
	public FaultSpec nth(int number) {
		return new FaultSpec(this, new FaultSchedule(number, 1, 1));
	}

	/**
	 * At every occasion whose number is a multiple of {@code step}, until the faults are
	 * cleared.
	 */
	public FaultSpec every(int step) {
		return new FaultSpec(this, new FaultSchedule(step, step, Long.MAX_VALUE));
	}

	/**
	 * At every occasion, until the faults are cleared.
	 */
	public FaultSpec always() {
		return every(1);
	}

	/**
	 * Tells the client that what it wants fails: a rejected message or settlement, a
	 * refused link, a response with the status of the error, a closed connection.
	 */
	public void refuse(FaultError error) {
		add(new FaultAction.Refuse(error));
	}

	/**
	 * Closes the link with an error, without doing what the client wants. Where there is
	 * no link yet this is the same as {@link #refuse}.
	 */
	public void detach(FaultError error) {
		add(new FaultAction.Detach(error));
	}

	/**
	 * Ends the AMQP sessions of the client's connection, with all links on them, without
	 * doing what the client wants. The connection stays.
	 */
	public void endSessions(FaultError error) {
		add(new FaultAction.EndSessions(error));
	}

	/**
	 * Closes the connection with an error, without doing what the client wants.
	 */
	public void closeConnection(FaultError error) {
		add(new FaultAction.CloseConnection(error));
	}

	/**
	 * Cuts the connection without a word and without doing what the client wants.
	 */
	public void dropConnection() {
		add(new FaultAction.DropConnection());
	}

	/**
	 * Does what the client wants, but cuts the connection before the client hears so.
	 */
	public void dropInsteadOfAnswering() {
		add(new FaultAction.DropInsteadOfAnswering());
	}

	/**
	 * Does nothing and says nothing.
	 */
	public void ignore() {
		add(new FaultAction.Ignore());
	}

	/**
	 * Does what the client wants and says nothing.
	 */
	public void swallowAnswer() {
		add(new FaultAction.SwallowAnswer());
	}

	/**
	 * Does what the client wants and says so later. A link that is attached, and a
	 * message that is delivered, are late as a whole.
	 * @param delay how much later, in the emulator's time
	 */
	public void delayAnswer(Duration delay) {
		add(new FaultAction.DelayAnswer(delay));
	}

	/**
	 * Lets no byte pass any more on the client's connection, in neither direction; it
	 * stays open until the faults are cleared or the client closes it.
	 */
	public void blackHole() {
		add(new FaultAction.BlackHole());
	}

	FaultPoint point() {
		return this.point;
	}

	@Nullable String entity() {
		return this.entity;
	}

	@Nullable String operation() {
		return this.operation;
	}

	FaultSchedule schedule() {
		return this.schedule;
	}

	private void add(FaultAction action) {
		FaultRule rule = new FaultRule(this, action);
		this.script.accept((rules) -> rules.add(rule));
	}

}
