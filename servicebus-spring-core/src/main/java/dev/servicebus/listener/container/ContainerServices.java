package dev.servicebus.listener.container;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.listener.DelayScheduler;
import dev.servicebus.listener.ListenerMonitor;

/**
 * What containers share and do not own. Immutable.
 *
 * @param client brings the messages
 * @param executor runs the listeners; one task stands for a listener thread that is busy
 * until no more messages wait, so it must be able to run as many at once as its
 * containers have concurrency, and must not run a task in the caller
 * @param scheduler times retries and shutdowns
 * @param random makes the delays between attempts uneven; thread-safe
 * @param monitor hears of failures
 */
public record ContainerServices(MessagingClient client, Executor executor, DelayScheduler scheduler,
		RandomGenerator random, ListenerMonitor monitor) {

	public ContainerServices {
		Objects.requireNonNull(client, "client");
		Objects.requireNonNull(executor, "executor");
		Objects.requireNonNull(scheduler, "scheduler");
		Objects.requireNonNull(random, "random");
		Objects.requireNonNull(monitor, "monitor");
	}

	ContainerServices withMonitor(ListenerMonitor newMonitor) {
		return new ContainerServices(this.client, this.executor, this.scheduler, this.random, newMonitor);
	}

}
