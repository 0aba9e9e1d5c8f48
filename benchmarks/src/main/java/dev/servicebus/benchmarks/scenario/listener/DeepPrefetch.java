package dev.servicebus.benchmarks.scenario.listener;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;
import dev.servicebus.benchmarks.scenario.Contest;
import dev.servicebus.benchmarks.scenario.Namespace;
import dev.servicebus.benchmarks.scenario.Scenario;
import dev.servicebus.benchmarks.scenario.Side;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.message.ServiceBusMessage;

/**
 * One handler that takes a millisecond for each message, and far more messages prefetched
 * than it needs, against the same with 100: the link must not be lost, no message come
 * twice, and the rate stay the same. Messages wait for longer than their locks of five
 * seconds last, if the prefetch is that large, so that these have to be renewed.
 *
 * @param prefetch how many messages may wait
 * @param defaultMessages how many messages a round has, if nobody says otherwise
 */
record DeepPrefetch(int prefetch, int defaultMessages) implements Scenario {

	private static final int USUAL_PREFETCH = 100;

	@Override
	public String name() {
		return "listener-prefetch-" + this.prefetch;
	}

	@Override
	public Contest open() {
		Namespace namespace = new Namespace();
		return new Contest() {

			@Override
			public List<Side> sides() {
				return List.of(new Slow("ours", namespace, DeepPrefetch.this.prefetch),
						new Slow("prefetch-" + USUAL_PREFETCH, namespace, USUAL_PREFETCH));
			}

			@Override
			public void close() {
				namespace.close();
			}

		};
	}

	/**
	 * A listener with a slow handler.
	 *
	 * @param name its name
	 * @param namespace where its queue is
	 * @param prefetch how many messages may wait
	 */
	private record Slow(String name, Namespace namespace, int prefetch) implements Side {

		private static final Duration LOCK = Duration.ofSeconds(5);

		/** How many messages are sent together. */
		private static final int BATCH = 1_000;

		private static final Duration HANDLING = Duration.ofMillis(1);

		@Override
		public Measurement run(int messages) {
			String queue = this.namespace.createQueue((settings) -> settings.lockDuration(LOCK));
			try (ServiceBusClient client = ServiceBusClient.builder()
				.connectionString(this.namespace.connectionString())
				.build()) {
				for (int left = messages; left > 0; left -= BATCH) {
					client.sender(queue)
						.send(Collections.nCopies(Math.min(left, BATCH), ServiceBusMessage.of("message")));
				}
				return listen(client, queue, messages);
			}
			finally {
				this.namespace.deleteQueue(queue);
			}
		}

		private Measurement listen(ServiceBusClient client, String queue, int messages) {
			ListenerOptions options = ListenerOptions.builder().prefetch(this.prefetch).build();
			Meter meter = Meter.start();
			try (RunningListener listener = new RunningListener(client, queue, options,
					(message, context) -> LockSupport.parkNanos(HANDLING.toNanos()))) {
				Wait.until("the settlement of " + messages + " messages", () -> listener.settled() >= messages);
				Usage usage = meter.usedFor(messages);
				listener.requireUndisturbed();
				return Measurement.of(usage);
			}
		}

	}

}
