package dev.servicebus.emulator.entity;

import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.servicebus.emulator.delivery.DeliveryContext;
import dev.servicebus.emulator.delivery.DeliveryQueue;
import dev.servicebus.emulator.delivery.DeliveryRules;
import dev.servicebus.emulator.delivery.QueueCounts;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.MessageLog;
import dev.servicebus.emulator.store.SequenceNumbers;
import dev.servicebus.emulator.time.BrokerTimers;

/**
 * What a queue and a subscription have in common: a line of messages with its dead-letter
 * sub-queues, behind one admission.
 */
final class EntityParts {

	private final Admission admission;

	private final BrokerTimers timers;

	private final DeliveryQueue main;

	private final DeliveryQueue deadLetters;

	private final DeliveryQueue transferDeadLetters;

	private final Forwarder forwarder;

	private final Forwarder deadLetterForwarder;

	private DeliveryRules rules;

	private DeliveryRules deadLetterRules;

	EntityParts(Admission admission, EntityContext entityContext) {
		DeliveryContext context = entityContext.delivery();
		this.admission = admission;
		this.timers = context.timers();
		this.rules = admission.options().deliveryRules();
		this.deadLetterRules = admission.options().deadLetterRules();
		SequenceNumbers numbers = new SequenceNumbers();
		this.deadLetters = new DeliveryQueue(context, new MessageLog(numbers), () -> this.deadLetterRules, null);
		this.transferDeadLetters = new DeliveryQueue(context, new MessageLog(numbers), () -> this.deadLetterRules,
				null);
		Supplier<DeliveryRules> mainRules = () -> this.rules;
		this.main = admission.options().requiresSession()
				? DeliveryQueue.withSessions(context, numbers, mainRules, (message) -> this.deadLetters.adopt(message))
				: new DeliveryQueue(context, new MessageLog(numbers), mainRules,
						(message) -> this.deadLetters.adopt(message));
		this.forwarder = new Forwarder(entityContext, this.main, this.deadLetters, null);
		this.deadLetterForwarder = new Forwarder(entityContext, this.deadLetters, this.transferDeadLetters,
				admission.path());
		forward();
	}

	/**
	 * Ends the entity by {@code delete} when nobody has used it for as long as the
	 * options say.
	 */
	void watchForIdleness(Runnable delete) {
		this.admission
			.watch(new IdleWatch(this.timers, () -> parts().anyMatch((part) -> part.consumers() > 0), delete));
	}

	Admission admission() {
		return this.admission;
	}

	DeliveryQueue main() {
		return this.main;
	}

	DeliveryQueue deadLetters() {
		return this.deadLetters;
	}

	void update(EntityOptions newOptions) {
		this.admission.checkUpdate(newOptions);
		this.admission.setOptions(newOptions);
		this.rules = newOptions.deliveryRules();
		this.deadLetterRules = newOptions.deadLetterRules();
		if (!newOptions.status().admitsReceiving()) {
			endConsumers(this.admission.disabled("receiving"));
		}
		forward();
	}

	ReceivableEntity source(SubQueue subQueue) {
		return new ReceivablePart(this.admission, subQueue, part(subQueue));
	}

	void purge() {
		parts().forEach((part) -> part.contents().purge());
	}

	void clear() {
		parts().forEach((part) -> part.contents().clear(this.timers.now()));
	}

	EntityCounts counts() {
		QueueCounts counts = this.main.contents().counts();
		return new EntityCounts(counts.active(), counts.locked(), counts.deferred(), counts.scheduled(),
				this.deadLetters.contents().size(), this.transferDeadLetters.contents().size(), sizeInBytes());
	}

	/**
	 * Ends the entity: its messages are gone and its consumers are told.
	 */
	void delete() {
		BrokerException gone = this.admission.delete();
		purge();
		endConsumers(gone);
	}

	/**
	 * Asked before each message is taken.
	 */
	long sizeInBytes() {
		return this.main.contents().sizeInBytes() + this.deadLetters.contents().sizeInBytes()
				+ this.transferDeadLetters.contents().sizeInBytes();
	}

	/**
	 * Forwards as the options say, whatever the status admits to others.
	 */
	private void forward() {
		this.forwarder.forwardTo(this.admission.options().forwardTo());
		this.deadLetterForwarder.forwardTo(this.admission.options().forwardDeadLetteredMessagesTo());
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
