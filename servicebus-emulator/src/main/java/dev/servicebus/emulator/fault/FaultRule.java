package dev.servicebus.emulator.fault;

import org.jspecify.annotations.Nullable;

/**
 * One scripted fault and the number of occasions it has seen. Belongs to the broker's
 * loop once it was added.
 */
final class FaultRule {

	private final FaultPoint point;

	private final @Nullable String entity;

	private final @Nullable String operation;

	private final FaultSchedule schedule;

	private final FaultAction action;

	private long occasions;

	FaultRule(FaultSpec spec, FaultAction action) {
		this.point = spec.point();
		this.entity = spec.entity();
		this.operation = spec.operation();
		this.schedule = spec.schedule();
		this.action = action;
	}

	FaultAction action() {
		return this.action;
	}

	boolean matches(FaultPoint otherPoint, String otherEntity, String otherOperation) {
		return this.point == otherPoint && (this.entity == null || this.entity.equalsIgnoreCase(otherEntity))
				&& (this.operation == null || this.operation.equals(otherOperation));
	}

	/**
	 * Counts an occasion and returns whether the fault takes it.
	 */
	boolean takesNext() {
		this.occasions++;
		return this.schedule.takes(this.occasions);
	}

}
