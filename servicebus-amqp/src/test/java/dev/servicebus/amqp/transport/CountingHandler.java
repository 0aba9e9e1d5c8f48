package dev.servicebus.amqp.transport;

import java.nio.ByteBuffer;

/**
 * Counts bytes and forgets them.
 */
public class CountingHandler extends RecordingHandler {

	private long count;

	@Override
	public synchronized void read(ByteBuffer bytes) {
		this.count += bytes.remaining();
		bytes.position(bytes.limit());
	}

	@Override
	public synchronized long receivedCount() {
		return this.count;
	}

}
