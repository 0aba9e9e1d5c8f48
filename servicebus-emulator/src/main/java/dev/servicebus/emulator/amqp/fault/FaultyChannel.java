package dev.servicebus.emulator.amqp.fault;

import java.io.IOException;
import java.nio.ByteBuffer;

import dev.servicebus.amqp.transport.ByteChannel;
import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one connection, which can be cut or made to vanish.
 */
final class FaultyChannel implements ByteChannelHandler {

	private final ByteChannelHandler engine;

	private final ConnectionFaults faults;

	private @Nullable ByteChannel channel;

	private boolean blackHole;

	FaultyChannel(ByteChannelHandler engine, ConnectionFaults faults) {
		this.engine = engine;
		this.faults = faults;
	}

	/**
	 * Cuts the connection.
	 */
	void drop() {
		this.blackHole = false;
		if (this.channel != null) {
			this.channel.abort(new IOException("A scripted fault has cut the connection"));
		}
	}

	/**
	 * Lets no byte pass from now on.
	 */
	void blackHole() {
		this.blackHole = true;
	}

	/**
	 * Cuts the connection if its bytes vanish: what is missing by now cannot be made up.
	 */
	void heal() {
		if (this.blackHole) {
			drop();
		}
	}

	@Override
	public void connected(ByteChannel connected) {
		this.channel = connected;
		this.faults.connected();
		this.engine.connected(new Outgoing(connected));
	}

	@Override
	public void read(ByteBuffer bytes) {
		if (this.blackHole) {
			bytes.position(bytes.limit());
			return;
		}
		this.engine.read(bytes);
	}

	@Override
	public void readComplete() {
		this.engine.readComplete();
	}

	@Override
	public void writable() {
		this.engine.writable();
	}

	@Override
	public void closed(@Nullable Throwable cause) {
		this.channel = null;
		this.faults.closed();
		this.engine.closed(cause);
	}

	/**
	 * What the engine takes for the channel.
	 */
	private final class Outgoing implements ByteChannel {

		private final ByteChannel channel;

		Outgoing(ByteChannel channel) {
			this.channel = channel;
		}

		@Override
		public EventLoop loop() {
			return this.channel.loop();
		}

		@Override
		public void write(ByteBuffer bytes) {
			if (FaultyChannel.this.blackHole) {
				bytes.position(bytes.limit());
				return;
			}
			this.channel.write(bytes);
		}

		@Override
		public void flush() {
			this.channel.flush();
		}

		@Override
		public boolean isWritable() {
			return this.channel.isWritable();
		}

		@Override
		public void close() {
			if (!FaultyChannel.this.blackHole) {
				this.channel.close();
			}
		}

		@Override
		public void abort(Throwable cause) {
			if (!FaultyChannel.this.blackHole) {
				this.channel.abort(cause);
			}
		}

		@Override
		public String peer() {
			return this.channel.peer();
		}

	}

}
