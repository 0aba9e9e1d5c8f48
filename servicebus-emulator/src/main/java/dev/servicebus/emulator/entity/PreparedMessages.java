package dev.servicebus.emulator.entity;

import java.util.List;

import dev.servicebus.emulator.delivery.TransactionalWork;
import dev.servicebus.emulator.store.MessageContent;
import org.jspecify.annotations.Nullable;

/**
 * Messages that a transaction sends to one entity. Belongs to the broker's loop.
 */
public final class PreparedMessages implements TransactionalWork {

	private final Admission admission;

	private final Store store;

	private final List<? extends MessageContent> messages;

	private long @Nullable [] numbers;

	private final long size;

	/**
	 * Keeps messages that the entity has admitted.
	 */
	PreparedMessages(Admission admission, Store store, List<? extends MessageContent> messages) {
		this.admission = admission;
		this.store = store;
		this.messages = List.copyOf(messages);
		this.size = messages.stream().mapToLong(MessageContent::size).sum();
		admission.reserve(this.size);
	}

	/**
	 * Reserves the sequence numbers that the messages will have while they wait for their
	 * time. To be called once, for messages that are scheduled.
	 * @return the numbers in the same order
	 */
	public long[] reserveNumbers() {
		long[] reserved = new long[this.messages.size()];
		for (int i = 0; i < reserved.length; i++) {
			reserved[i] = this.store.reserveNumber();
		}
		this.numbers = reserved;
		return reserved.clone();
	}

	@Override
	public void check() {
		this.admission.checkSending();
	}

	@Override
	public void apply() {
		this.admission.release(this.size);
		if (this.numbers == null) {
			this.store.store(this.messages);
			return;
		}
		for (int i = 0; i < this.numbers.length; i++) {
			this.store.store(this.messages.get(i), this.numbers[i]);
		}
	}

	@Override
	public void rollBack() {
		this.admission.release(this.size);
	}

	/**
	 * The entity behind its admission.
	 */
	interface Store {

		long reserveNumber();

		/**
		 * Stores messages but for duplicates.
		 */
		void store(List<? extends MessageContent> messages);

		/**
		 * Stores a message unless it is a duplicate, under its reserved number if it has
		 * to wait for its time.
		 */
		void store(MessageContent message, long number);

	}

}
