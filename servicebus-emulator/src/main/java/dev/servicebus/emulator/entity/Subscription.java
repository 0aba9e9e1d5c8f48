package dev.servicebus.emulator.entity;

import java.util.ArrayList;
import java.util.List;

import dev.servicebus.emulator.delivery.DeadLetterReason;
import dev.servicebus.emulator.entity.CopyRules.Copies;
import dev.servicebus.emulator.entity.ForwardTarget.Forwarded;
import dev.servicebus.emulator.store.MessageContent;

/**
 * A subscription of a topic with its dead-letter sub-queues. Belongs to the broker's
 * loop.
 */
public final class Subscription {

	private final String name;

	private final EntityParts parts;

	private CopyRules rules = CopyRules.EVERY_MESSAGE;

	Subscription(String name, Admission admission, EntityContext context) {
		this.name = name;
		this.parts = new EntityParts(admission, context);
	}

	/**
	 * Its name within the topic.
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Its path, for example {@code news/Subscriptions/all}.
	 */
	public String path() {
		return this.parts.admission().path();
	}

	public EntityOptions options() {
		return this.parts.admission().options();
	}

	/**
	 * Changes the behavior, see {@link Queue#update(EntityOptions)}.
	 */
	public void update(EntityOptions newOptions) {
		this.parts.update(newOptions);
	}

	/**
	 * Decides from now on which messages it gets. Those that it has stay.
	 */
	public void setRules(CopyRules newRules) {
		this.rules = newRules;
	}

	/**
	 * The subscription itself or one of its sub-queues, to receive from.
	 */
	public ReceivableEntity source(SubQueue subQueue) {
		return this.parts.source(subQueue);
	}

	/**
	 * Removes all messages, those of the sub-queues too.
	 */
	public void purge() {
		this.parts.purge();
	}

	public EntityCounts counts() {
		return this.parts.counts();
	}

	Copies copiesOf(MessageContent message) {
		return this.rules.copiesOf(message);
	}

	/**
	 * Takes what its rules have said of messages that were sent together. A subscription
	 * takes messages whatever its status.
	 */
	void take(List<Published> messages) {
		List<MessageContent> contents = new ArrayList<>(messages.size());
		messages.forEach((message) -> sort(message, contents));
		if (!contents.isEmpty()) {
			this.parts.main().enqueue(contents);
		}
	}

	/**
	 * Takes the copies of a message that came to the topic by forwarding.
	 */
	void takeForwarded(Copies copies, Forwarded forwarded) {
		List<MessageContent> contents = new ArrayList<>(1);
		sort(new Published(forwarded.content(), copies), contents);
		contents
			.forEach((copy) -> this.parts.main().enqueueForwarded(copy, forwarded.origin(), forwarded.properties()));
	}

	void delete() {
		this.parts.delete();
	}

	long sizeInBytes() {
		return this.parts.sizeInBytes();
	}

	private void sort(Published message, List<MessageContent> accepted) {
		String failure = message.copies().failure();
		if (failure != null && options().deadLetteringOnFilterEvaluationExceptions()) {
			this.parts.deadLetters().enqueueDeadLetter(message.original(), DeadLetterReason.filterEvaluation(failure));
		}
		for (MessageContent copy : message.copies().contents()) {
			if (options().requiresSession() && copy.sessionId() == null) {
				this.parts.deadLetters().enqueueDeadLetter(copy, DeadLetterReason.sessionIdIsNull());
			}
			else {
				accepted.add(copy);
			}
		}
	}

	/**
	 * A message of the topic, and what the rules of this subscription say of it.
	 */
	record Published(MessageContent original, Copies copies) {

	}

}
