package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A program whose listener needs more memory than there is for some of its messages.
 */
final class TinyHeapApplication {

	private static final int GOOD = 20;

	private final CountDownLatch good = new CountDownLatch(GOOD);

	private final CountDownLatch stopped = new CountDownLatch(1);

	private TinyHeapApplication() {
	}

	/**
	 * Listens until all good messages are handled, and prints what its container says
	 * then.
	 */
	public static void main(String[] args) throws InterruptedException {
		new TinyHeapApplication().run(args[0], Boolean.parseBoolean(args[1]));
	}

	private void run(String connectionString, boolean stopOnFatalError) throws InterruptedException {
		try (ServiceBusClient client = ServiceBusClient.builder().connectionString(connectionString).build();
				ListenerThreads threads = ListenerThreads.platform()) {
			ListenerOptions options = ListenerOptions.builder()
				.concurrency(2)
				.retry((retry) -> retry.mutate().maxAttempts(2).delay(Duration.ofMillis(100)).build())
				.failures((failures) -> failures.withStopOnFatalError(stopOnFatalError))
				.build();
			ServiceBusListenerContainer container = new ServiceBusListenerContainer(
					new ListenerDefinition("orders", ListenerTarget.queue("orders"),
							(message, context) -> handle(message), ErrorHandler.PROPOSED, options),
					new ContainerServices(client, threads.executor(), threads.scheduler(), RandomGenerator.getDefault(),
							monitor()));
			container.start();
			if (stopOnFatalError) {
				this.stopped.await(40, TimeUnit.SECONDS);
				container.stop();
			}
			else {
				this.good.await(40, TimeUnit.SECONDS);
			}
			System.out.println("good " + (GOOD - this.good.getCount()) + ", running " + container.isRunning()
					+ ", healthy " + container.state().isHealthy() + ", " + container.state().fatalError());
			container.stop();
		}
	}

	private ListenerMonitor monitor() {
		return new ListenerMonitor() {

			@Override
			public void stopped(String listenerId, int unfinished) {
				TinyHeapApplication.this.stopped.countDown();
			}

		};
	}

	private void handle(ServiceBusReceivedMessage message) {
		if (message.bodyAsString().startsWith("big")) {
			List<byte[]> memory = new ArrayList<>();
			while (memory.size() < 1_000_000) {
				memory.add(new byte[100_000]);
			}
		}
		this.good.countDown();
	}

}
