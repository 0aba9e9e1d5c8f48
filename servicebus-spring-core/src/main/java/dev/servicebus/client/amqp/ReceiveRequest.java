package dev.servicebus.client.amqp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * One request for messages, and what it has got so far. Confined to the loop.
 */
final class ReceiveRequest extends Deadlines.Entry {

	private final ReceiveLimits limits;

	private final Completion<List<ServiceBusReceivedMessage>> completion;

	private final Consumer<ReceiveRequest> onExpired;

	private final List<ServiceBusReceivedMessage> messages = new ArrayList<>();

	private boolean over;

	/**
	 * Makes a request that has got nothing.
	 * @param onExpired takes it when its time limit has passed
	 */
	ReceiveRequest(ReceiveLimits limits, Completion<List<ServiceBusReceivedMessage>> completion,
			Consumer<ReceiveRequest> onExpired) {
		this.limits = limits;
		this.completion = completion;
		this.onExpired = onExpired;
	}

	ReceiveLimits limits() {
		return this.limits;
	}

	boolean isEmpty() {
		return this.messages.isEmpty();
	}

	boolean isFull() {
		return missing() <= 0;
	}

	boolean fetchesAhead() {
		return this.limits.ahead() > 0;
	}

	/**
	 * Returns whether it waits for no further messages.
	 */
	boolean isOver() {
		return this.over;
	}

	int missing() {
		return this.limits.maxMessages() - this.messages.size();
	}

	void add(ServiceBusReceivedMessage message) {
		this.messages.add(message);
	}

	/**
	 * Waits for no further messages.
	 */
	void stopWaiting() {
		this.over = true;
	}

	/**
	 * Answers with those of its messages that are still of use.
	 */
	void end(Predicate<ServiceBusReceivedMessage> ofUse) {
		cancel();
		this.over = true;
		this.messages.removeIf(ofUse.negate());
		this.completion.success(List.copyOf(this.messages));
	}

	void fail(ServiceBusException cause) {
		cancel();
		this.over = true;
		this.completion.failure(cause);
	}

	@Override
	protected void expired() {
		this.onExpired.accept(this);
	}

}
