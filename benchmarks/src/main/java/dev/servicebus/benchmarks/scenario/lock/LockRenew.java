package dev.servicebus.benchmarks.scenario.lock;

import java.util.List;

import dev.servicebus.benchmarks.scenario.Contest;
import dev.servicebus.benchmarks.scenario.Namespace;
import dev.servicebus.benchmarks.scenario.Scenario;
import dev.servicebus.benchmarks.scenario.Side;

/**
 * The locks of messages in hand are renewed.
 */
final class LockRenew implements Scenario {

	private final String name;

	private final boolean together;

	private LockRenew(String name, boolean together) {
		this.name = name;
		this.together = together;
	}

	/**
	 * One request for every lock, on both sides.
	 */
	static Scenario singly() {
		return new LockRenew("lock-renew", false);
	}

	/**
	 * Our client renews by itself what is due, many locks with one request; Microsoft's
	 * knows only requests for single locks.
	 */
	static Scenario together() {
		return new LockRenew("lock-renew-batched", true);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public int defaultMessages() {
		return 100_000;
	}

	@Override
	public Contest open() {
		return new Renewing(new Namespace(), this.together);
	}

	/**
	 * Both sides.
	 *
	 * @param namespace what holds the locks
	 * @param together whether our side renews many locks with one request
	 */
	private record Renewing(Namespace namespace, boolean together) implements Contest {

		@Override
		public List<Side> sides() {
			Side ours = this.together ? new OwnAutomaticRenewals(this.namespace) : new OwnRenewals(this.namespace);
			return List.of(ours, new VendorRenewals(this.namespace));
		}

		@Override
		public void close() {
			this.namespace.close();
		}

	}

}
