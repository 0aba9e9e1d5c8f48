package dev.servicebus.benchmarks.scenario.lock;

import java.time.Duration;
import java.util.List;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.scenario.Namespace;
import dev.servicebus.benchmarks.scenario.Pipeline;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import dev.servicebus.benchmarks.scenario.Side;

/**
 * Microsoft's client renews one lock with each request. It holds fewer locks, because it
 * stops to receive when many messages are not settled, and renews each several times; the
 * figures are for each renewal.
 *
 * @param namespace what holds the locks
 */
record VendorRenewals(Namespace namespace) implements Side {

	private static final int MOST_RENEWALS = 2_000;

	private static final int MOST_HELD = 200;

	private static final int PREFETCH = 100;

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	@Override
	public String name() {
		return "microsoft";
	}

	@Override
	public Measurement run(int messages) {
		int count = Math.min(messages, MOST_HELD);
		int renewals = Math.min(messages, MOST_RENEWALS);
		String queue = this.namespace.createQueue((settings) -> settings.lockDuration(OwnRenewals.LOCK));
		OwnMessages.send(this.namespace.connectionString(), queue, count);
		try (ServiceBusReceiverAsyncClient receiver = receiver(queue)) {
			List<ServiceBusReceivedMessage> held = receiver.receiveMessages().take(count).collectList().block(PATIENCE);
			if (held == null || held.size() < count) {
				throw new RoundFailedException("not all messages have come");
			}
			receiver.renewMessageLock(held.get(0)).block(PATIENCE);
			System.gc();
			Meter meter = Meter.start();
			Pipeline.run(renewals, OwnRenewals.WINDOW,
					(number) -> receiver.renewMessageLock(held.get(number % count)).toFuture());
			return Measurement.of(meter.usedFor(renewals));
		}
		finally {
			this.namespace.deleteQueue(queue);
		}
	}

	private ServiceBusReceiverAsyncClient receiver(String queue) {
		return new ServiceBusClientBuilder().connectionString(this.namespace.connectionString())
			.receiver()
			.queueName(queue)
			.disableAutoComplete()
			.maxAutoLockRenewDuration(Duration.ZERO)
			.prefetchCount(PREFETCH)
			.buildAsyncClient();
	}

}
