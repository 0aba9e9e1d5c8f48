package dev.servicebus.amqp.simulation;

import java.util.Map;
import java.util.function.Supplier;

import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.Network;

/**
 * A bound port of a {@link SimulatedNetwork}.
 */
final class Listener implements Network.Binding {

	private final EventLoop loop;

	private final int port;

	private final Supplier<ByteChannelHandler> handlers;

	private final Map<Integer, Listener> listeners;

	Listener(EventLoop loop, int port, Supplier<ByteChannelHandler> handlers, Map<Integer, Listener> listeners) {
		this.loop = loop;
		this.port = port;
		this.handlers = handlers;
		this.listeners = listeners;
	}

	EventLoop loop() {
		return this.loop;
	}

	boolean isListening() {
		return this.listeners.get(this.port) == this;
	}

	SimulatedChannel accept(String peer) {
		return new SimulatedChannel(this.loop, this.handlers.get(), peer);
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.listeners.remove(this.port, this);
	}

}
