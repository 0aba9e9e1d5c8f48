package dev.servicebus.emulator.amqp;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.ConnectionOptions;
import dev.servicebus.amqp.ErrorCondition;
import dev.servicebus.amqp.engine.AmqpEngine;
import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.emulator.amqp.fault.ConnectionFaults;
import dev.servicebus.emulator.amqp.fault.FaultControl;
import dev.servicebus.emulator.amqp.management.ManagementOperations;
import dev.servicebus.emulator.auth.Authority;
import dev.servicebus.emulator.entity.Namespace;
import dev.servicebus.emulator.frame.FrameTaps;
import dev.servicebus.emulator.time.BrokerTimers;

/**
 * What stands behind a port of the broker: makes a connection of every channel that is
 * accepted. Belongs to the broker's loop, on which all channels must be.
 */
public final class AmqpAcceptor implements Supplier<ByteChannelHandler> {

	private final EventLoop loop;

	private final ConnectionOptions options;

	private final BrokerContext context;

	private final ConnectionSet connections = new ConnectionSet();

	private final FaultControl faults;

	private final FrameTaps frames = new FrameTaps();

	/**
	 * Creates an acceptor.
	 * @param loop the broker's loop; its clock is the one by which clients make tokens
	 * @param namespace the entities
	 * @param timers the time of the broker
	 * @param authority judges clients
	 */
	public AmqpAcceptor(EventLoop loop, Namespace namespace, BrokerTimers timers, Authority authority) {
		this.loop = loop;
		this.options = ConnectionOptions.of("servicebus-emulator");
		this.faults = new FaultControl(timers);
		this.context = new BrokerContext(namespace, authority, timers, loop, new ManagementOperations(timers.clock()));
	}

	@Override
	public ByteChannelHandler get() {
		ConnectionFaults connectionFaults = this.faults.newConnection();
		BrokerConnection connection = new BrokerConnection(this.context, this.connections, connectionFaults,
				this.frames);
		return connectionFaults
			.around(AmqpEngine.acceptor(this.loop, this.options, connection::authenticator, () -> connection).get());
	}

	/**
	 * What can be made to go wrong.
	 */
	public FaultControl faults() {
		return this.faults;
	}

	/**
	 * Who looks at what passes.
	 */
	public FrameTaps frames() {
		return this.frames;
	}

	/**
	 * How many clients are connected.
	 */
	public int connections() {
		return this.connections.size();
	}

	/**
	 * Closes all connections.
	 * @return completes on the loop when all of them have ended
	 */
	public CompletionStage<Void> closeConnections() {
		this.faults.clear();
		return this.connections.close(AmqpError.of(ErrorCondition.CONNECTION_FORCED, "The emulator has been stopped."));
	}

}
