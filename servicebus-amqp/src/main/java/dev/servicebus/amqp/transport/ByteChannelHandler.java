package dev.servicebus.amqp.transport;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Receives what happens on a {@link ByteChannel}, always on the channel's loop and never
 * inside a call to the channel. A {@link RuntimeException} or {@link StackOverflowError}
 * that leaves one of the methods aborts the channel with this cause.
 */
public interface ByteChannelHandler {

	/**
	 * The channel is connected (TLS included). Called once, before anything else.
	 */
	void connected(ByteChannel channel);

	/**
	 * Bytes have arrived. The buffer is only valid during the call and must be consumed
	 * in it.
	 */
	void read(ByteBuffer bytes);

	/**
	 * All bytes that were available have been given to {@link #read}: the moment to act
	 * on them and flush once.
	 */
	void readComplete();

	/**
	 * The channel takes bytes again after {@link ByteChannel#isWritable()} was
	 * {@code false}.
	 */
	void writable();

	/**
	 * The channel is gone. Called exactly once for a connected channel, and for a channel
	 * that could not be connected instead of {@link #connected}. Nothing is called after
	 * it.
	 * @param cause why it broke, a {@link ConnectFailedException} if it never connected,
	 * or {@code null} after an orderly end by either side
	 */
	void closed(@Nullable Throwable cause);

}
