package dev.servicebus.emulator.entity;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

	private final Map<SubQueue, DeliveryQueue> parts = new EnumMap<>(SubQueue.class);

	private DeliveryRules rules;

	private DeliveryRules deadLetterRules;

	Queue(Admission admission, DeliveryContext context) {
		this.admission = admission;
		this.rules = admission.options().deliveryRules();
		this.deadLetterRules = admission.options().deadLetterRules();
		SequenceNumbers numbers = new SequenceNumbers();
		DeliveryQueue deadLetters = new DeliveryQueue(context, new MessageLog(numbers), () -> this.deadLetterRules,
				null);
		DeliveryQueue transferDeadLetters = new DeliveryQueue(context, new MessageLog(numbers),
				() -> this.deadLetterRules, null);
		this.main = new DeliveryQueue(context, new MessageLog(numbers), () -> this.rules, deadLetters::adopt);
		this.parts.put(SubQueue.NONE, this.main);
		this.parts.put(SubQueue.DEAD_LETTER, deadLetters);
		this.parts.put(SubQueue.TRANSFER_DEAD_LETTER, transferDeadLetters);
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
		this.parts.values().forEach(DeliveryQueue::purge);
	}

	public EntityCounts counts() {
		QueueCounts counts = this.main.counts();
		return new EntityCounts(counts.active(), counts.locked(), counts.deferred(), counts.scheduled(),
				part(SubQueue.DEAD_LETTER).size(), part(SubQueue.TRANSFER_DEAD_LETTER).size(), sizeInBytes());
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
		long size = 0;
		for (DeliveryQueue part : this.parts.values()) {
			size += part.sizeInBytes();
		}
		return size;
	}

	private void endConsumers(BrokerException reason) {
		this.parts.values().forEach((part) -> part.endConsumers(reason));
	}

	private DeliveryQueue part(SubQueue subQueue) {
		return Objects.requireNonNull(this.parts.get(subQueue));
	}

}
