package dev.servicebus.amqp.transport;

import java.nio.ByteBuffer;

/**
 * An ordered, reliable stream of bytes in both directions: a socket, or one end of a
 * simulated pair. Used only on its {@link #loop()}.
 */
public interface ByteChannel {

	/**
	 * The loop that owns this channel.
	 */
	EventLoop loop();

	/**
	 * Takes a copy of the remaining bytes; they leave with the next {@link #flush()}.
	 */
	void write(ByteBuffer bytes);

	/**
	 * Hands everything written so far to the peer.
	 */
	void flush();

	/**
	 * Returns {@code false} while more than the configured amount waits for a peer that
	 * does not read. The owner then stops writing until
	 * {@link ByteChannelHandler#writable()}.
	 */
	boolean isWritable();

	/**
	 * Flushes what was written and closes the channel;
	 * {@link ByteChannelHandler#closed(Throwable)} follows once. Harmless when repeated.
	 */
	void close();

	/**
	 * Names the peer for logs and errors, for example {@code localhost:5672}.
	 */
	String peer();

}
