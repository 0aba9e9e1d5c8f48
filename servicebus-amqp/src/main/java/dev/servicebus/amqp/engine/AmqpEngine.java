package dev.servicebus.amqp.engine;

import java.time.Duration;
import java.util.function.Supplier;

import dev.servicebus.amqp.ConnectionOptions;
import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.ConnectionListener;
import dev.servicebus.amqp.sasl.SaslAuthenticator;
import dev.servicebus.amqp.sasl.SaslCredentials;
import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.Network;

/**
 * Makes AMQP connections, for either side. Thread-safe.
 */
public final class AmqpEngine {

	private AmqpEngine() {
	}

	/**
	 * Opens a connection. The listener hears {@link ConnectionListener#onOpened onOpened}
	 * or {@link ConnectionListener#onClosed onClosed}; until then work on the connection
	 * waits in it.
	 * @param network where the channel comes from
	 * @param loop a loop of the network, which will own the connection
	 * @param target where to connect to
	 * @param connectTimeout for the channel; {@code open} has a limit of its own
	 * @param options how to open
	 * @param credentials how to authenticate
	 * @param listener hears what happens to the connection, on the loop
	 */
	public static AmqpConnection connect(Network network, EventLoop loop, ConnectTarget target, Duration connectTimeout,
			ConnectionOptions options, SaslCredentials credentials, ConnectionListener listener) {
		ProtonConnection connection = new ProtonConnection(loop, options, SaslLayer.client(credentials), listener);
		connection.connecting(network.connect(loop, target, connectTimeout, connection.channelHandler()));
		return connection;
	}

	/**
	 * Returns what has to stand behind a listening port: each accepted channel becomes a
	 * connection.
	 * @param loop the loop of the accepted channels
	 * @param options how to answer {@code open}
	 * @param authenticators judges the peer; one for each connection
	 * @param listeners hears what happens to a connection; one for each
	 */
	public static Supplier<ByteChannelHandler> acceptor(EventLoop loop, ConnectionOptions options,
			Supplier<? extends SaslAuthenticator> authenticators, Supplier<? extends ConnectionListener> listeners) {
		return () -> new ProtonConnection(loop, options, SaslLayer.server(authenticators.get()), listeners.get())
			.channelHandler();
	}

}
