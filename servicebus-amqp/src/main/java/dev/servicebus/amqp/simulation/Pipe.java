package dev.servicebus.amqp.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One direction of a {@link SimulatedConnection}: takes what one end flushes, keeps it
 * for the time it travels, and hands it to the other end in pieces.
 */
final class Pipe {

	/** Above this many bytes on their way the sender is asked to wait. */
	static final int HIGH_WATERMARK = 64 * 1024;

	/** Below this many the sender may go on. */
	static final int LOW_WATERMARK = 32 * 1024;

	private enum End {

		NONE, FIN, RST

	}

	private final SimulatedChannel from;

	private final SimulatedChannel to;

	private final Wire wire;

	private final ByteQueue written = new ByteQueue();

	private final ByteQueue arrived = new ByteQueue();

	private int onTheWay;

	private boolean writable = true;

	private boolean held;

	private boolean delivering;

	private boolean discarded;

	private long bytesUntilCut = Long.MAX_VALUE;

	private Runnable cut = () -> {
	};

	private End end = End.NONE;

	Pipe(SimulatedChannel from, SimulatedChannel to, Wire wire) {
		this.from = from;
		this.to = to;
		this.wire = wire;
	}

	void write(ByteBuffer bytes) {
		this.onTheWay += bytes.remaining();
		this.written.add(bytes);
		if (this.onTheWay > HIGH_WATERMARK) {
			this.writable = false;
		}
	}

	boolean isWritable() {
		return this.writable;
	}

	void flush() {
		if (this.written.size() > 0) {
			byte[] segment = this.written.takeAll();
			travel(() -> this.arrived.add(ByteBuffer.wrap(segment)));
		}
	}

	/** An orderly end behind all bytes. */
	void end() {
		flush();
		travel(() -> this.end = (this.end == End.NONE) ? End.FIN : this.end);
	}

	/** A break that overtakes the bytes the other end has not read yet. */
	void reset() {
		this.written.clear();
		travel(() -> {
			this.arrived.clear();
			this.end = End.RST;
		});
	}

	/** Lets that many more bytes through and then runs {@code cut}. */
	void cutAfter(long bytes, Runnable cut) {
		this.bytesUntilCut = bytes;
		this.cut = cut;
		deliverSoon();
	}

	void hold() {
		this.held = true;
	}

	void release() {
		this.held = false;
		deliverSoon();
	}

	/** The receiving end is gone. */
	void discard() {
		this.discarded = true;
		this.arrived.clear();
	}

	private void travel(Runnable arrival) {
		Duration latency = this.wire.latency();
		this.to.loop().schedule(latency, () -> {
			if (!this.discarded) {
				arrival.run();
				deliverSoon();
			}
		});
	}

	void deliverSoon() {
		if (!this.delivering && !this.held && this.to.isOpen()) {
			this.delivering = true;
			this.to.loop().execute(this::deliver);
		}
	}

	private void deliver() {
		this.delivering = false;
		if (this.held || !this.to.isOpen()) {
			return;
		}
		if (this.bytesUntilCut == 0) {
			this.cut.run();
		}
		else if (this.arrived.size() > 0) {
			deliverBytes();
			deliverSoon();
		}
		else if (this.end == End.FIN) {
			this.to.ended(null);
		}
		else if (this.end == End.RST) {
			this.to.ended(new IOException("The connection was reset by the peer"));
		}
	}

	private void deliverBytes() {
		for (int reads = this.wire.readsPerTurn(); reads > 0 && this.to.isOpen(); reads--) {
			int available = (int) Math.min(this.arrived.size(), this.bytesUntilCut);
			if (available == 0) {
				break;
			}
			int size = this.wire.chunk(available);
			this.bytesUntilCut -= size;
			this.wire.carry(this.arrived, size, this.to);
			passed(size);
		}
		this.to.readComplete();
	}

	private void passed(int size) {
		this.onTheWay -= size;
		if (!this.writable && this.onTheWay < LOW_WATERMARK) {
			this.writable = true;
			this.from.writableAgain();
		}
	}

}
