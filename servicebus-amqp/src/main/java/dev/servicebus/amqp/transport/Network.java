package dev.servicebus.amqp.transport;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where byte channels come from: sockets in production, a simulation in tests.
 * Thread-safe.
 */
public interface Network {

	/**
	 * Returns the loop for one more connection. Loops may be shared between connections.
	 */
	EventLoop nextLoop();

	/**
	 * Opens a channel on {@code loop}. The handler hears either
	 * {@link ByteChannelHandler#connected} or {@link ByteChannelHandler#closed}, at the
	 * latest when the time limit has passed.
	 * @param loop a loop of this network
	 * @param target where to connect to
	 * @param timeLimit for resolving, connecting and the TLS handshake together
	 * @param handler receives the channel's events
	 * @return cancels the attempt while it is under way; the handler then hears
	 * {@link ByteChannelHandler#closed}
	 */
	EventLoop.Timer connect(EventLoop loop, ConnectTarget target, Duration timeLimit, ByteChannelHandler handler);

	/**
	 * Accepts channels on a local address, every one of them on {@code loop}. Blocks
	 * until the port is bound.
	 * @param loop a loop of this network
	 * @param host the address to bind, for example {@code localhost} (which binds every
	 * loopback address of the machine)
	 * @param port the port, 0 for a free one
	 * @param handlers makes the handler of each accepted channel
	 * @throws BindFailedException if the address or port cannot be bound
	 */
	Binding bind(EventLoop loop, String host, int port, Supplier<ByteChannelHandler> handlers);

	/**
	 * A bound port.
	 */
	interface Binding extends AutoCloseable {

		/**
		 * The port that was really bound.
		 */
		int port();

		/**
		 * Stops accepting; channels that are already accepted stay. Harmless when
		 * repeated.
		 */
		@Override
		void close();

	}

}
