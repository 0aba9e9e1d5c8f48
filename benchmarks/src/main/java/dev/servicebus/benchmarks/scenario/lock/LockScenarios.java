package dev.servicebus.benchmarks.scenario.lock;

import java.util.List;

import dev.servicebus.benchmarks.scenario.Scenario;

/**
 * What is done with locks.
 */
public final class LockScenarios {

	/** In the order in which they are run. */
	public static final List<Scenario> ALL = List.of(new LockArm(), LockRenew.singly(), LockRenew.together());

	private LockScenarios() {
	}

}
