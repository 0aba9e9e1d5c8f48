package dev.servicebus.benchmarks.scenario.listener;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.servicebus.benchmarks.measure.Heap;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;
import dev.servicebus.benchmarks.scenario.Contest;
import dev.servicebus.benchmarks.scenario.Namespace;
import dev.servicebus.benchmarks.scenario.Scenario;
import dev.servicebus.benchmarks.scenario.Side;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.SessionOptions;
import dev.servicebus.message.ServiceBusMessage;

/**
 * One container serves many sessions at once, each with a handler that is busy: what it
 * keeps for each of them, against a container with a tenth of the sessions. There are
 * many more messages than handlers.
 */
final class SessionListeners implements Scenario {

	private static final int SHARE = 10;

	@Override
	public String name() {
		return "sessions-1000";
	}

	@Override
	public int defaultMessages() {
		return 1_000;
	}

	@Override
	public Contest open() {
		Namespace namespace = new Namespace();
		return new Contest() {

			@Override
			public List<Side> sides() {
				return List.of(new Served("ours", namespace, 1), new Served("a-tenth", namespace, SHARE));
			}

			@Override
			public void close() {
				namespace.close();
			}

		};
	}

	/**
	 * A container.
	 *
	 * @param name its name
	 * @param namespace where its queue is
	 * @param share which part of the sessions it gets
	 */
	private record Served(String name, Namespace namespace, int share) implements Side {

		private static final int MESSAGES_EACH = 20;

		@Override
		public Measurement run(int messages) {
			int sessions = Math.max(1, messages / this.share);
			String queue = this.namespace.createQueue((settings) -> settings.sessionRequired(true));
			try (ServiceBusClient client = ServiceBusClient.builder()
				.connectionString(this.namespace.connectionString())
				.build()) {
				for (int i = 0; i < MESSAGES_EACH; i++) {
					client.sender(queue).send(IntStream.range(0, sessions).mapToObj(Served::message).toList());
				}
				return listen(client, queue, sessions);
			}
			finally {
				this.namespace.deleteQueue(queue);
			}
		}

		private static ServiceBusMessage message(int session) {
			return ServiceBusMessage.builder().body("message").sessionId("session-" + session).build();
		}

		private static Measurement listen(ServiceBusClient client, String queue, int sessions) {
			ListenerOptions options = ListenerOptions.builder()
				.sessions(SessionOptions.ENABLED)
				.concurrency(sessions)
				.build();
			AtomicInteger busy = new AtomicInteger();
			CountDownLatch release = new CountDownLatch(1);
			long before = Heap.retained();
			Meter meter = Meter.start();
			try (RunningListener listener = new RunningListener(client, queue, options, (message, context) -> {
				busy.incrementAndGet();
				release.await(1, TimeUnit.MINUTES);
			})) {
				Wait.until("that " + sessions + " sessions are served at once", () -> busy.get() >= sessions);
				double retained = (double) (Heap.retained() - before) / sessions;
				release.countDown();
				int all = sessions * MESSAGES_EACH;
				Wait.until("the settlement of " + all + " messages", () -> listener.settled() >= all);
				Usage usage = meter.usedFor(all);
				listener.requireUndisturbed();
				return new Measurement(usage, null, retained);
			}
		}

	}

}
