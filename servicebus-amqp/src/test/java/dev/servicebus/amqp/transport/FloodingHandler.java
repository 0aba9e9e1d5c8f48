package dev.servicebus.amqp.transport;

import java.nio.ByteBuffer;

/**
 * Writes as long as the channel takes bytes, then waits to be called back.
 */
public class FloodingHandler extends RecordingHandler {

	private final ByteBuffer block = ByteBuffer.allocate(10_000);

	private long left;

	private int pauses;

	public FloodingHandler(long bytes) {
		this.left = bytes;
	}

	@Override
	public void connected(ByteChannel channel) {
		super.connected(channel);
		write();
	}

	@Override
	public void writable() {
		super.writable();
		write();
	}

	public synchronized int pauses() {
		return this.pauses;
	}

	private synchronized void write() {
		ByteChannel channel = channel();
		while (this.left > 0 && channel.isWritable()) {
			this.block.clear().limit((int) Math.min(this.left, this.block.capacity()));
			this.left -= this.block.remaining();
			channel.write(this.block);
		}
		if (this.left > 0) {
			this.pauses++;
		}
		channel.flush();
	}

}
