package dev.servicebus.benchmarks.scenario.session;

import java.util.List;
import java.util.function.BiFunction;

import dev.servicebus.benchmarks.measure.Heap;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;
import dev.servicebus.benchmarks.scenario.Contest;
import dev.servicebus.benchmarks.scenario.Namespace;
import dev.servicebus.benchmarks.scenario.Pipeline;
import dev.servicebus.benchmarks.scenario.Scenario;
import dev.servicebus.benchmarks.scenario.Side;

/**
 * Accepts sessions of one queue and holds them all at once, each with a receiver that
 * renews its lock. Measured from the first call, on a connection that is there, until the
 * last session is granted.
 */
final class ManySessions implements Scenario {

	@Override
	public String name() {
		return "sessions-10000";
	}

	@Override
	public int defaultMessages() {
		return 10_000;
	}

	@Override
	public Contest open() {
		return new Holding(new Namespace());
	}

	/**
	 * Both sides.
	 *
	 * @param namespace who grants the sessions
	 */
	private record Holding(Namespace namespace) implements Contest {

		/** With many more the peer does not come to an end. */
		private static final int PEERS_MOST = 500;

		@Override
		public List<Side> sides() {
			return List.of(new Holder("ours", this.namespace, OwnSessions::new, Integer.MAX_VALUE),
					new Holder("microsoft", this.namespace, VendorSessions::new, PEERS_MOST));
		}

		@Override
		public void close() {
			this.namespace.close();
		}

	}

	/**
	 * One side.
	 *
	 * @param name who it is
	 * @param namespace who grants the sessions
	 * @param connect makes a client with a connection string and a queue
	 * @param most how many sessions it gets at most; the figures are for each session
	 */
	private record Holder(String name, Namespace namespace, BiFunction<String, String, SessionClient> connect,
			int most) implements Side {

		private static final int WINDOW = 100;

		@Override
		public Measurement run(int messages) {
			int count = Math.min(messages, this.most);
			String queue = this.namespace.createQueue((settings) -> settings.sessionRequired(true));
			long before = Heap.retained();
			try (SessionClient client = this.connect.apply(this.namespace.connectionString(), queue)) {
				Pipeline.run(1, 1, (number) -> client.accept("first"));
				Meter meter = Meter.start();
				List<?> sessions = Pipeline.run(count, WINDOW, (number) -> client.accept("session-" + number));
				Usage usage = meter.usedFor(count);
				double retained = (double) (Heap.retained() - before) / sessions.size();
				return new Measurement(usage, null, retained);
			}
			finally {
				this.namespace.deleteQueue(queue);
			}
		}

	}

}
