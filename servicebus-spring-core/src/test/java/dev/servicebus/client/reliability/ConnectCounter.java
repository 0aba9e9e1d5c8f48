package dev.servicebus.client.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.servicebus.amqp.simulation.SimulatedNetwork;
import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.Network;

/**
 * A simulated network that notes when somebody tries to connect.
 */
final class ConnectCounter implements Network {

	final List<Long> attempts = new ArrayList<>();

	private final SimulatedNetwork network;

	ConnectCounter(SimulatedNetwork network) {
		this.network = network;
	}

	@Override
	public EventLoop nextLoop() {
		return this.network.nextLoop();
	}

	@Override
	public EventLoop.Timer connect(EventLoop loop, ConnectTarget target, Duration timeLimit,
			ByteChannelHandler handler) {
		this.attempts.add(this.network.time().nanoTime());
		return this.network.connect(loop, target, timeLimit, handler);
	}

	@Override
	public Binding bind(EventLoop loop, String host, int port, Supplier<ByteChannelHandler> handlers) {
		return this.network.bind(loop, host, port, handlers);
	}

}
