package dev.servicebus.emulator.store;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The messages of {@value #SIZE} consecutive sequence numbers, with one bit for each that
 * is ready.
 */
final class MessagePage {

	static final int SIZE = Long.SIZE;

	private static final int SHIFT = Long.numberOfTrailingZeros(SIZE);

	private final @Nullable BrokerMessage[] messages = new BrokerMessage[SIZE];

	private final long id;

	private int size;

	private long ready;

	MessagePage(long id) {
		this.id = id;
	}

	static long idOf(long sequenceNumber) {
		return sequenceNumber >> SHIFT;
	}

	long id() {
		return this.id;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	boolean hasReady() {
		return this.ready != 0;
	}

	@Nullable BrokerMessage get(long sequenceNumber) {
		return this.messages[slot(sequenceNumber)];
	}

	@Nullable BrokerMessage firstReady() {
		return this.messages[Long.numberOfTrailingZeros(this.ready)];
	}

	void put(BrokerMessage message) {
		this.messages[slot(message.sequenceNumber())] = message;
		this.size++;
	}

	void remove(BrokerMessage message) {
		this.messages[slot(message.sequenceNumber())] = null;
		this.size--;
	}

	void setReady(BrokerMessage message) {
		this.ready |= 1L << slot(message.sequenceNumber());
	}

	void clearReady(BrokerMessage message) {
		this.ready &= ~(1L << slot(message.sequenceNumber()));
	}

	Stream<BrokerMessage> stream() {
		return Arrays.stream(this.messages).filter(Objects::nonNull);
	}

	private static int slot(long sequenceNumber) {
		return (int) sequenceNumber & (SIZE - 1);
	}

}
