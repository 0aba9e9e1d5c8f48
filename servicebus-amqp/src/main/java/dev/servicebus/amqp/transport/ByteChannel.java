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
	 * Takes a copy of the remaining bytes; they leave with the next {@link #flush()}. On
	 * a closed channel they are dropped.
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
	 * {@link ByteChannelHandler#closed(Throwable)} follows once. A peer that does not
	 * read delays this by a few seconds at most. Harmless when repeated.
	 */
	void close();

	/**
	 * Drops what has not left yet and closes the channel at once: for a peer that has
	 * stopped answering or does not follow the protocol.
	 * {@link ByteChannelHandler#closed(Throwable)} follows once with this cause. Harmless
	 * on a closed channel.
	 */
	void abort(Throwable cause);

	/**
	 * Names the peer for logs and errors, for example {@code localhost:5672}.
	 */
	String peer();

}
