package dev.servicebus.amqp.transport;

import java.nio.ByteBuffer;

/**
 * Sends back what it reads.
 */
public class EchoHandler extends RecordingHandler {

	@Override
	public void read(ByteBuffer bytes) {
		super.read(bytes.duplicate());
		channel().write(bytes);
	}

	@Override
	public void readComplete() {
		super.readComplete();
		channel().flush();
	}

}
