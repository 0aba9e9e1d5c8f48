package dev.servicebus.emulator.frame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.FrameListener;
import dev.servicebus.amqp.type.Composite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who looks at the frames of a broker. Connections are watched only while somebody does.
 * Belongs to the broker's loop.
 */
public final class FrameTaps {

	private static final Logger logger = LoggerFactory.getLogger(FrameTaps.class);

	private final Map<AmqpConnection, FrameListener> connections = new LinkedHashMap<>();

	private final List<Consumer<? super Frame>> taps = new CopyOnWriteArrayList<>();

	private int connected;

	/**
	 * A connection is about to begin.
	 */
	public void connected(AmqpConnection connection) {
		this.connected++;
		FrameListener watch = new Watch(this.connected);
		this.connections.put(connection, watch);
		if (!this.taps.isEmpty()) {
			connection.tap(watch);
		}
	}

	/**
	 * A connection has ended.
	 */
	public void closed(AmqpConnection connection) {
		this.connections.remove(connection);
	}

	/**
	 * Shows every frame from now on.
	 */
	public void add(Consumer<? super Frame> tap) {
		this.taps.add(tap);
		this.connections.forEach(AmqpConnection::tap);
	}

	/**
	 * Shows no more.
	 */
	public void remove(Consumer<? super Frame> tap) {
		this.taps.remove(tap);
		if (this.taps.isEmpty()) {
			this.connections.keySet().forEach((connection) -> connection.tap(null));
		}
	}

	private void show(Frame frame) {
		for (Consumer<? super Frame> tap : this.taps) {
			try {
				tap.accept(frame);
			}
			catch (RuntimeException ex) {
				logger.error("A frame tap has failed on {}", frame, ex);
			}
		}
	}

	private final class Watch implements FrameListener {

		private final int number;

		Watch(int number) {
			this.number = number;
		}

		@Override
		public void onReceived(int channel, Composite performative, byte[] payload) {
			show(new Frame(this.number, FrameDirection.FROM_CLIENT, channel, performative, payload));
		}

		@Override
		public void onSent(int channel, Composite performative, byte[] payload) {
			show(new Frame(this.number, FrameDirection.TO_CLIENT, channel, performative, payload));
		}

	}

}
