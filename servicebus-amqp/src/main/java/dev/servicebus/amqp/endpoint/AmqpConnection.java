package dev.servicebus.amqp.endpoint;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.sasl.SaslIdentity;
import dev.servicebus.amqp.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * One AMQP connection, from either side. Used only on its {@link #loop()}.
 */
public interface AmqpConnection {

	/**
	 * The loop that owns this connection and everything on it.
	 */
	EventLoop loop();

	/**
	 * Runs {@code task} on the loop. What it makes the connection send leaves together
	 * with that of the other tasks of the same burst. Thread-safe; the one door for work
	 * from outside the loop.
	 */
	void execute(Runnable task);

	/**
	 * What the peer said when it opened the connection.
	 * @throws IllegalStateException before {@link ConnectionListener#onOpened}
	 */
	PeerOpen peer();

	/**
	 * Who the peer is according to SASL; on the connecting side, the mechanism that was
	 * used.
	 */
	SaslIdentity identity();

	/**
	 * Shows every frame from now on. From {@link ConnectionListener#onConnected} that is
	 * every frame there is. Costs nothing while nobody looks.
	 * @param frames sees them, in place of whoever did before; {@code null} for nobody
	 */
	void tap(@Nullable FrameListener frames);

	/**
	 * Begins a session. It may be used at once; frames go out as soon as the protocol
	 * allows.
	 */
	AmqpSession beginSession(SessionListener listener);

	/**
	 * Returns {@code false} from the moment either side has closed the connection.
	 */
	boolean isOpen();

	/**
	 * Closes the connection with everything on it; {@link ConnectionListener#onClosed}
	 * follows. If the peer does not answer in time, the transport is closed all the same.
	 * Harmless when repeated.
	 * @param error tells the peer why, {@code null} for an orderly end
	 */
	void close(@Nullable AmqpError error);

}
