package dev.servicebus.emulator.entity;

import java.util.List;
import java.util.stream.Stream;

import dev.servicebus.emulator.delivery.DeliveryContext;
import dev.servicebus.emulator.delivery.DeliveryQueue;
import dev.servicebus.emulator.delivery.DeliveryRules;
import dev.servicebus.emulator.delivery.QueueCounts;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.store.MessageLog;
import dev.servicebus.emulator.store.SequenceNumbers;

/**
 * A queue with its dead-letter sub-queues. Belongs to the broker's loop.
 */
public final class Queue implements SendableEntity {

	private final Admission admission;

	private final DeliveryQueue main;

	private final DeliveryQueue deadLetters;

	private final DeliveryQueue transferDeadLetters;

	private DeliveryRules rules;

	private DeliveryRules deadLetterRules;

	Queue(Admission admission, DeliveryContext context) {
		this.admission = admission;
		this.rules = admission.options().deliveryRules();
		this.deadLetterRules = admission.options().deadLetterRules();
		SequenceNumbers numbers = new SequenceNumbers();
		this.deadLetters = new DeliveryQueue(context, new MessageLog(numbers), () -> this.deadLetterRules, null);
		this.transferDeadLetters = new DeliveryQueue(context, new MessageLog(numbers), () -> this.deadLetterRules,
				null);
		this.main = admission.options().requiresSession()
				? DeliveryQueue.withSessions(context, numbers, () -> this.rules, this.deadLetters::adopt)
				: new DeliveryQueue(context, new MessageLog(numbers), () -> this.rules, this.deadLetters::adopt);
	}

	@Override
	public String path() {
		return this.admission.path();
	}

	public EntityOptions options() {
		return this.admission.options();
	}

	/**
	 * Changes the behavior. Locks and expiry times that messages have already stay as
	 * they are. If receiving is disabled by this, all consumers are ended.
	 * @throws dev.servicebus.emulator.store.BrokerException if the options differ in
	 * something that is fixed when a queue is created: sessions and duplicate detection
	 */
	public void update(EntityOptions newOptions) {
		this.admission.checkUpdate(newOptions);
		this.admission.setOptions(newOptions);
		this.rules = newOptions.deliveryRules();
		this.deadLetterRules = newOptions.deadLetterRules();
		if (!newOptions.status().admitsReceiving()) {
			endConsumers(this.admission.disabled("receiving"));
		}
	}

	/**
	 * The queue itself or one of its sub-queues, to receive from.
	 */
	public ReceivableEntity source(SubQueue subQueue) {
		return new ReceivablePart(this.admission, subQueue, part(subQueue));
	}

	@Override
	public long maxMessageSize() {
		return options().maxMessageSize();
	}

	@Override
	public void checkSending() {
		this.admission.checkSending();
	}

	@Override
	public void enqueue(MessageContent message) {
		this.admission.checkSending(message, sizeInBytes());
		this.main.enqueue(message);
	}

	@Override
	public void enqueue(List<? extends MessageContent> messages) {
		this.admission.checkSending(messages, sizeInBytes());
		this.main.enqueue(messages);
	}

	@Override
	public long[] schedule(List<? extends MessageContent> messages) {
		this.admission.checkSending(messages, sizeInBytes());
		return this.main.enqueue(messages);
	}

	@Override
	public void cancelScheduled(long... sequenceNumbers) {
		this.admission.checkExists();
		this.main.cancelScheduled(sequenceNumbers);
	}

	/**
	 * Removes all messages, those of the sub-queues too.
	 */
	public void purge() {
		parts().forEach(DeliveryQueue::purge);
	}

	public EntityCounts counts() {
		QueueCounts counts = this.main.counts();
		return new EntityCounts(counts.active(), counts.locked(), counts.deferred(), counts.scheduled(),
				this.deadLetters.size(), this.transferDeadLetters.size(), sizeInBytes());
	}

	/**
	 * Ends the queue: its messages are gone and its consumers are told.
	 */
	void delete() {
		BrokerException gone = this.admission.delete();
		purge();
		endConsumers(gone);
	}

	private long sizeInBytes() {
		return this.main.sizeInBytes() + this.deadLetters.sizeInBytes() + this.transferDeadLetters.sizeInBytes();
	}

	private void endConsumers(BrokerException reason) {
		parts().forEach((part) -> part.endConsumers(reason));
	}

	private DeliveryQueue part(SubQueue subQueue) {
		return switch (subQueue) {
			case NONE -> this.main;
			case DEAD_LETTER -> this.deadLetters;
			case TRANSFER_DEAD_LETTER -> this.transferDeadLetters;
		};
	}

	private Stream<DeliveryQueue> parts() {
		return Stream.of(this.main, this.deadLetters, this.transferDeadLetters);
	}

}
