package dev.servicebus.amqp.simulation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.zip.CRC32C;

/**
 * What every connection of a {@link SimulatedNetwork} has in common: how long bytes
 * travel and into what pieces they fall.
 *
 * <p>
 * Pieces are handed over in direct memory that is overwritten afterwards, so that a
 * handler which relies on a backing array or keeps the buffer fails here and not only on
 * a socket.
 */
final class Wire {

	private static final byte SCRAMBLED = (byte) 0xDB;

	private final SimulatedTime time;

	private final Duration latency;

	private final Chunking chunking;

	private final IntSupplier readsPerTurn;

	private final CRC32C checksum = new CRC32C();

	private ByteBuffer piece = ByteBuffer.allocateDirect(4096);

	private long fingerprint;

	Wire(SimulatedTime time, Duration latency, Chunking chunking, IntSupplier readsPerTurn) {
		this.time = time;
		this.latency = latency;
		this.chunking = chunking;
		this.readsPerTurn = readsPerTurn;
	}

	Duration latency() {
		return this.latency;
	}

	int chunk(int available) {
		return this.chunking.next(available);
	}

	int readsPerTurn() {
		return this.readsPerTurn.getAsInt();
	}

	long fingerprint() {
		return this.fingerprint;
	}

	/**
	 * Hands the next {@code size} bytes of {@code source} to a channel.
	 */
	void carry(ByteQueue source, int size, SimulatedChannel target) {
		if (this.piece.capacity() < size) {
			this.piece = ByteBuffer.allocateDirect(Integer.highestOneBit(size) * 2);
		}
		ByteBuffer bytes = this.piece.clear().limit(size);
		source.take(bytes);
		bytes.flip();
		record(bytes, target);
		target.read(bytes.slice());
		for (int i = 0; i < size; i++) {
			bytes.put(i, SCRAMBLED);
		}
	}

	private void record(ByteBuffer bytes, SimulatedChannel target) {
		this.checksum.reset();
		this.checksum.update(bytes.duplicate());
		long event = this.checksum.getValue() ^ (this.time.nanoTime() << 8) ^ ((long) target.peer().hashCode() << 32);
		this.fingerprint = 1_099_511_628_211L * (this.fingerprint ^ event);
	}

}
