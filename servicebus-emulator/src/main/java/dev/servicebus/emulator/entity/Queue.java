package dev.servicebus.emulator.entity;

import java.util.List;

import dev.servicebus.emulator.delivery.Arrival;
import dev.servicebus.emulator.store.MessageContent;

/**
 * A queue with its dead-letter sub-queues. Belongs to the broker's loop.
 */
public final class Queue implements SendableEntity, StoringEntity, ForwardTarget {

	private final Admission admission;

	private final DuplicateFilter duplicates;

	private final EntityParts parts;

	Queue(Admission admission, EntityContext context, Runnable delete) {
		this.admission = admission;
		this.duplicates = new DuplicateFilter(admission, context.delivery().timers());
		this.parts = new EntityParts(admission, context);
		this.parts.watchForIdleness(delete);
	}

	@Override
	public String path() {
		return this.admission.path();
	}

	@Override
	public EntityOptions options() {
		return this.admission.options();
	}

	@Override
	public EntityTimes times() {
		return this.admission.times();
	}

	@Override
	public void update(EntityOptions newOptions) {
		this.parts.update(newOptions);
	}

	@Override
	public ReceivableEntity source(SubQueue subQueue) {
		return this.parts.source(subQueue);
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
	public Sender.Registration register(Sender sender) {
		return this.admission.senders().register(sender);
	}

	@Override
	public void enqueue(MessageContent message) {
		this.admission.checkSending(message, this.parts.sizeInBytes());
		if (this.duplicates.admits(message)) {
			this.parts.main().enqueue(message);
		}
	}

	@Override
	public void enqueue(List<? extends MessageContent> messages) {
		schedule(messages);
	}

	@Override
	public long[] schedule(List<? extends MessageContent> messages) {
		this.admission.checkSending(messages, this.parts.sizeInBytes());
		return store(messages);
	}

	@Override
	public PreparedMessages prepare(List<? extends MessageContent> messages) {
		this.admission.checkSending(messages, this.parts.sizeInBytes());
		return new PreparedMessages(this.admission, new Store(), messages);
	}

	@Override
	public void takeForwarded(Arrival message) {
		this.admission.checkSending(message.content(), this.parts.sizeInBytes());
		if (this.duplicates.admits(message.content())) {
			this.parts.main().take(List.of(message));
		}
	}

	@Override
	public void cancelScheduled(long... sequenceNumbers) {
		this.admission.checkExists();
		this.parts.main().cancelScheduled(sequenceNumbers);
	}

	@Override
	public void purge() {
		this.parts.purge();
	}

	@Override
	public void clear() {
		this.duplicates.clear();
		this.parts.clear();
	}

	@Override
	public EntityCounts counts() {
		return this.parts.counts();
	}

	/**
	 * Ends the queue: its messages are gone, its senders and consumers are told.
	 */
	void delete() {
		this.duplicates.clear();
		this.parts.delete();
	}

	private long[] store(List<? extends MessageContent> messages) {
		return this.duplicates.enqueue(messages, this.parts.main()::enqueue);
	}

	/**
	 * The queue behind its admission.
	 */
	private final class Store implements PreparedMessages.Store {

		@Override
		public long reserveNumber() {
			return Queue.this.parts.main().reserveNumber();
		}

		@Override
		public void store(List<? extends MessageContent> messages) {
			Queue.this.store(messages);
		}

		@Override
		public void store(MessageContent message, long number) {
			if (Queue.this.duplicates.admits(message)) {
				Queue.this.parts.main().enqueue(message, number);
			}
		}

	}

}
