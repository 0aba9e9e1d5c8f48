package dev.servicebus.amqp.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Remembers what a channel told it and complains about what it should not have told. May
 * be asked from any thread.
 */
public class RecordingHandler implements ByteChannelHandler {

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	private final List<String> violations = new ArrayList<>();

	private @Nullable ByteChannel channel;

	private boolean closed;

	private @Nullable Throwable cause;

	private boolean bytesPending;

	@Override
	public synchronized void connected(ByteChannel channel) {
		check(this.channel == null, "connected twice");
		check(!this.closed, "connected after closed");
		check(channel.loop().inEventLoop(), "connected outside the loop");
		this.channel = channel;
	}

	@Override
	public synchronized void read(ByteBuffer bytes) {
		check(isConnected() && !this.closed, "read while not open");
		check(bytes.hasRemaining(), "empty read");
		this.bytesPending = true;
		byte[] copy = new byte[bytes.remaining()];
		bytes.get(copy);
		this.received.writeBytes(copy);
	}

	@Override
	public synchronized void readComplete() {
		check(isConnected() && !this.closed, "readComplete while not open");
		this.bytesPending = false;
	}

	@Override
	public synchronized void writable() {
		check(isConnected() && !this.closed, "writable while not open");
	}

	@Override
	public synchronized void closed(@Nullable Throwable cause) {
		check(!this.closed, "closed twice");
		this.closed = true;
		this.cause = cause;
	}

	public synchronized ByteChannel channel() {
		if (this.channel == null) {
			throw new IllegalStateException("Not connected");
		}
		return this.channel;
	}

	public synchronized boolean isConnected() {
		return this.channel != null;
	}

	public synchronized boolean isClosed() {
		return this.closed;
	}

	public synchronized @Nullable Throwable cause() {
		return this.cause;
	}

	public synchronized byte[] received() {
		return this.received.toByteArray();
	}

	public synchronized long receivedCount() {
		return this.received.size();
	}

	public synchronized boolean isReadComplete() {
		return !this.bytesPending;
	}

	public synchronized List<String> violations() {
		return List.copyOf(this.violations);
	}

	private void check(boolean expectation, String violation) {
		if (!expectation) {
			this.violations.add(violation);
		}
	}

}
