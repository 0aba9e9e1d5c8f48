package dev.servicebus.benchmarks.contender;

import java.util.Objects;
import java.util.concurrent.Executor;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Hands messages to an executor, where they are handled and completed.
 */
final class RawListener implements MessageSource.Listener {

	private final Executor executor;

	private final Contender.Handler handler;

	private volatile @Nullable MessageSource source;

	RawListener(Executor executor, Contender.Handler handler) {
		this.executor = executor;
		this.handler = handler;
	}

	/**
	 * Has to be called before anything is demanded.
	 */
	void settleOn(MessageSource newSource) {
		this.source = newSource;
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message) {
		this.executor.execute(() -> handle(message));
	}

	private void handle(ServiceBusReceivedMessage message) {
		this.handler.onMessage(Objects.requireNonNull(message.messageId()), message.bodyAsBytes());
		Objects.requireNonNull(this.source)
			.settle(message, new Disposition.Complete())
			.whenComplete((nothing, failure) -> {
				if (failure != null) {
					this.handler.failed(failure);
				}
			});
	}

	@Override
	public void onLockLost(ServiceBusReceivedMessage message, ServiceBusException failure) {
		this.handler.failed(failure);
	}

	@Override
	public void onFailure(ServiceBusException failure) {
		this.handler.failed(failure);
	}

}
