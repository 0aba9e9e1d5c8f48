package dev.servicebus.client.amqp;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * A settlement on its way to the loop, whose end is told there: one object for all of it,
 * because most messages are settled so.
 */
final class SettleRequest implements Runnable, Completion<@Nullable Void> {

	private final AmqpMessageSource source;

	private final ServiceBusReceivedMessage message;

	private final Disposition disposition;

	private final Consumer<@Nullable Throwable> end;

	SettleRequest(AmqpMessageSource source, ServiceBusReceivedMessage message, Disposition disposition,
			Consumer<@Nullable Throwable> end) {
		this.source = source;
		this.message = message;
		this.disposition = disposition;
		this.end = end;
	}

	/**
	 * Hands the settlement in. Thread-safe.
	 */
	void submit(SettleQueue queue) {
		try {
			queue.add(this);
		}
		catch (RejectedExecutionException ex) {
			this.end.accept(new ServiceBusException(
					this.source.where(Outcomes.verb(this.disposition)).withDescription("the client is closed"), ex));
		}
	}

	/**
	 * Settles, on the loop.
	 */
	@Override
	public void run() {
		this.source.unsettled().settle(this.message, this.disposition, this);
	}

	@Override
	public void success(@Nullable Void result) {
		end(null);
	}

	@Override
	public void failure(ServiceBusException failure) {
		end(failure);
	}

	/**
	 * When the source stops a program may wait for the last settlement, and what it does
	 * then must not run on the loop.
	 */
	private void end(@Nullable ServiceBusException failure) {
		if (this.source.isStopped()) {
			this.source.context().core().completions().later(() -> this.end.accept(failure));
		}
		else {
			this.end.accept(failure);
		}
	}

}
