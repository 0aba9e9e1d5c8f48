package dev.servicebus.client.amqp;

import java.util.List;

import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * One request of a program for messages, which can be taken back.
 */
final class ReceiveCall implements Completions.Operation<List<ServiceBusReceivedMessage>>,
		Completions.Unwanted<List<ServiceBusReceivedMessage>> {

	private final AmqpReceiver receiver;

	private final ReceiveLimits limits;

	private volatile @Nullable Runnable cancellation;

	ReceiveCall(AmqpReceiver receiver, ReceiveLimits limits) {
		this.receiver = receiver;
		this.limits = limits;
	}

	@Override
	public void start(Completion<List<ServiceBusReceivedMessage>> completion) {
		this.cancellation = this.receiver.requests().add(this.limits, AmqpReceiver.ownedBy(this.receiver, completion));
	}

	@Override
	public void abandon() {
		if (this.cancellation != null) {
			this.cancellation.run();
		}
	}

	@Override
	public void discard(List<ServiceBusReceivedMessage> messages) {
		this.receiver.requests().giveBack(messages);
	}

}
