package dev.servicebus.emulator.fault;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The faults that are scripted at present, and a log of those that happened. Belongs to
 * the broker's loop.
 */
public final class FaultRules {

	private static final int LOG_LIMIT = 10_000;

	private final List<FaultRule> rules = new ArrayList<>();

	private final Deque<FiredFault> log = new ArrayDeque<>();

	private final InstantSource clock;

	/**
	 * Begins without any fault.
	 * @param clock the emulator's time
	 */
	public FaultRules(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Whether nothing can go wrong.
	 */
	public boolean isEmpty() {
		return this.rules.isEmpty();
	}

	void add(FaultRule rule) {
		this.rules.add(rule);
	}

	/**
	 * Forgets all faults. The log stays.
	 */
	public void clear() {
		this.rules.clear();
	}

	/**
	 * What has happened, the latest last; no more than 10,000 are kept.
	 */
	public List<FiredFault> log() {
		return List.copyOf(this.log);
	}

	/**
	 * Returns what goes wrong at this occasion. Of several faults the one that was
	 * scripted first happens; the others have seen the occasion, too.
	 * @param point where
	 * @param entity the entity, or the node, that the client deals with; empty if there
	 * is none
	 * @param operation what the client does there; empty if the point says it
	 */
	public @Nullable FaultAction next(FaultPoint point, String entity, String operation) {
		FaultAction due = null;
		for (FaultRule rule : this.rules) {
			if (rule.matches(point, entity, operation) && rule.takesNext() && due == null) {
				due = rule.action();
			}
		}
		if (due != null) {
			record(new FiredFault(this.clock.instant(), point, entity, operation, due));
		}
		return due;
	}

	private void record(FiredFault fault) {
		if (this.log.size() == LOG_LIMIT) {
			this.log.remove();
		}
		this.log.add(fault);
	}

}
