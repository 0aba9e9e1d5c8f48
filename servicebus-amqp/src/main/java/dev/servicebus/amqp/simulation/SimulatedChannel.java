package dev.servicebus.amqp.simulation;

import java.nio.ByteBuffer;

import dev.servicebus.amqp.transport.ByteChannel;
import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * One end of a {@link SimulatedConnection}.
 */
final class SimulatedChannel implements ByteChannel {

	private enum State {

		CONNECTING, OPEN, CLOSED

	}

	private final EventLoop loop;

	private final ByteChannelHandler handler;

	private final String peer;

	private @Nullable Pipe output;

	private @Nullable Pipe input;

	private State state = State.CONNECTING;

	SimulatedChannel(EventLoop loop, ByteChannelHandler handler, String peer) {
		this.loop = loop;
		this.handler = handler;
		this.peer = peer;
	}

	void join(Pipe input, Pipe output) {
		this.input = input;
		this.output = output;
	}

	@Override
	public EventLoop loop() {
		return this.loop;
	}

	@Override
	public void write(ByteBuffer bytes) {
		requireLoop();
		if (this.state == State.OPEN) {
			output().write(bytes);
		}
		bytes.position(bytes.limit());
	}

	@Override
	public void flush() {
		requireLoop();
		output().flush();
	}

	@Override
	public boolean isWritable() {
		return this.state == State.OPEN && output().isWritable();
	}

	@Override
	public void close() {
		requireLoop();
		if (this.state != State.CLOSED) {
			output().end();
			ended(null);
		}
	}

	@Override
	public void abort(Throwable cause) {
		requireLoop();
		if (this.state != State.CLOSED) {
			output().reset();
			ended(cause);
		}
	}

	@Override
	public String peer() {
		return this.peer;
	}

	boolean isOpen() {
		return this.state == State.OPEN;
	}

	boolean isConnecting() {
		return this.state == State.CONNECTING;
	}

	boolean isClosed() {
		return this.state == State.CLOSED;
	}

	void connected() {
		if (this.state == State.CONNECTING) {
			this.state = State.OPEN;
			guarded(() -> this.handler.connected(this));
			input().deliverSoon();
		}
	}

	void read(ByteBuffer bytes) {
		guarded(() -> {
			this.handler.read(bytes);
			if (bytes.hasRemaining() && isOpen()) {
				throw new AssertionError("The handler of " + this + " left " + bytes.remaining() + " bytes unread");
			}
		});
	}

	void readComplete() {
		guarded(this.handler::readComplete);
	}

	void writableAgain() {
		this.loop.execute(() -> guarded(this.handler::writable));
	}

	/**
	 * Ends this side without telling the other; the handler hears it in a task of its
	 * own.
	 */
	void ended(@Nullable Throwable cause) {
		if (this.state == State.CLOSED) {
			return;
		}
		this.state = State.CLOSED;
		input().discard();
		this.loop.execute(() -> this.handler.closed(cause));
	}

	private void guarded(Runnable callback) {
		if (this.state != State.OPEN) {
			return;
		}
		try {
			callback.run();
		}
		catch (RuntimeException | StackOverflowError ex) {
			abort(ex);
		}
	}

	private void requireLoop() {
		if (!this.loop.inEventLoop()) {
			throw new AssertionError(this + " may only be used on its loop " + this.loop);
		}
	}

	private Pipe output() {
		if (this.output == null) {
			throw new IllegalStateException("The channel was never joined");
		}
		return this.output;
	}

	private Pipe input() {
		if (this.input == null) {
			throw new IllegalStateException("The channel was never joined");
		}
		return this.input;
	}

	@Override
	public String toString() {
		return "channel to " + this.peer;
	}

}
