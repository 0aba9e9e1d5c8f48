package dev.servicebus.benchmarks.scenario.listener;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.servicebus.benchmarks.scenario.RoundFailedException;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ListenerDefinition;
import dev.servicebus.listener.container.ListenerThreads;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * A container that listens to one queue, and that nothing may happen to.
 */
final class RunningListener implements AutoCloseable {

	private final ListenerThreads threads = ListenerThreads.platform();

	private final Witness witness = new Witness();

	private final ServiceBusListenerContainer container;

	RunningListener(ServiceBusClient client, String queue, ListenerOptions options, MessageListener listener) {
		ListenerDefinition definition = new ListenerDefinition("benchmark", ListenerTarget.queue(queue),
				(message, context) -> {
					this.witness.handled(message);
					listener.onMessage(message, context);
				}, ErrorHandler.PROPOSED, options);
		this.container = new ServiceBusListenerContainer(definition, new ContainerServices(client,
				this.threads.executor(), this.threads.scheduler(), ThreadLocalRandom.current(), this.witness));
		this.container.start();
	}

	/**
	 * How many settlements the broker has confirmed.
	 */
	int settled() {
		return this.witness.settled.get();
	}

	/**
	 * Checks that the link was never lost, that no message had been delivered before, and
	 * that nothing has failed.
	 * @throws RoundFailedException otherwise
	 */
	void requireUndisturbed() {
		Throwable failure = this.witness.failure.get();
		if (failure != null) {
			throw new RoundFailedException("the listener failed: " + failure, failure);
		}
		if (this.witness.redelivered.get() > 0 || this.witness.attached.get() != 1) {
			throw new RoundFailedException("the link was attached " + this.witness.attached.get() + " times and "
					+ this.witness.redelivered.get() + " messages were delivered again");
		}
	}

	@Override
	public void close() {
		this.container.stop();
		this.threads.close();
	}

	/**
	 * Notes what happens.
	 */
	private static final class Witness implements ListenerMonitor {

		private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

		private final AtomicInteger attached = new AtomicInteger();

		private final AtomicInteger redelivered = new AtomicInteger();

		private final AtomicInteger settled = new AtomicInteger();

		void handled(ServiceBusReceivedMessage message) {
			if (message.deliveryCount() > 0) {
				this.redelivered.incrementAndGet();
			}
		}

		@Override
		public void receiving(String listenerId) {
			this.attached.incrementAndGet();
		}

		@Override
		public void settled(String listenerId, ServiceBusReceivedMessage message, Disposition disposition) {
			this.settled.incrementAndGet();
		}

		@Override
		public void receiveFailed(String listenerId, ServiceBusException cause) {
			this.failure.compareAndSet(null, cause);
		}

		@Override
		public void handlingFailed(ListenerFailure cause, Outcome outcome) {
			this.failure.compareAndSet(null, cause.error());
		}

		@Override
		public void lockLost(String listenerId, ServiceBusReceivedMessage message, ServiceBusException cause) {
			this.failure.compareAndSet(null, cause);
		}

		@Override
		public void settlementFailed(String listenerId, ServiceBusReceivedMessage message, Disposition disposition,
				Throwable cause) {
			this.failure.compareAndSet(null, cause);
		}

	}

}
