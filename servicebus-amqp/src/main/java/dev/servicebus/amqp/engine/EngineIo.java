package dev.servicebus.amqp.engine;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.transport.ByteChannel;
import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.WorkQueue;
import org.apache.qpid.proton.codec.DecodeException;
import org.apache.qpid.proton.engine.Collector;
import org.apache.qpid.proton.engine.Event;
import org.apache.qpid.proton.engine.TransportDecodeException;
import org.apache.qpid.proton.engine.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes between a channel and the engine, and events from the engine to its owner.
 * Everything happens in turns: input or a burst of tasks first, then the events that came
 * of it, then all output with one flush.
 *
 * <p>
 * The engine's decoder is not trusted: whatever it throws at foreign bytes ends this
 * connection with a decode error and nothing else.
 */
final class EngineIo implements ByteChannelHandler {

	private static final Runnable NOTHING = () -> {
	};

	private final EventLoop loop;

	private final EngineTransport transport;

	private final Collector collector;

	private final Owner owner;

	private final WorkQueue work;

	private @Nullable ByteChannel channel;

	private EventLoop.@Nullable Timer heartbeat;

	private boolean inTurn;

	private boolean turnRequested;

	private boolean closed;

	EngineIo(EventLoop loop, EngineTransport transport, Collector collector, Owner owner) {
		this.loop = loop;
		this.transport = transport;
		this.collector = collector;
		this.owner = owner;
		this.work = new WorkQueue(loop, this::turn, owner::taskFailed);
	}

	void execute(Runnable task) {
		this.work.submit(task);
	}

	/**
	 * Something was changed in the engine: makes sure that a turn follows.
	 */
	void touched() {
		if (!this.inTurn && !this.turnRequested && !this.closed) {
			this.turnRequested = true;
			this.work.submit(NOTHING);
		}
	}

	/**
	 * Puts what was changed in the engine into words now, to be written with the rest of
	 * the turn. The engine says all attaches of a turn before all detaches, so without
	 * this a link that replaces another would be attached while the other still is.
	 */
	void encode() {
		if (!this.closed) {
			this.transport.pending();
		}
	}

	/**
	 * Ends the channel without further words to the peer.
	 */
	void closeChannel() {
		if (this.channel != null) {
			this.channel.close();
		}
	}

	/**
	 * Sends empty frames from now on when the peer needs them, and watches for its
	 * silence.
	 */
	void startHeartbeat() {
		if (this.heartbeat == null) {
			heartbeat();
		}
	}

	@Override
	public void connected(ByteChannel connected) {
		this.channel = connected;
		this.owner.channelConnected();
		turn();
	}

	@Override
	public void read(ByteBuffer bytes) {
		try {
			while (bytes.hasRemaining() && this.transport.capacity() > 0) {
				ByteBuffer tail = this.transport.tail();
				int length = Math.min(tail.remaining(), bytes.remaining());
				ByteBuffer slice = bytes.slice(bytes.position(), length);
				tail.put(slice);
				bytes.position(bytes.position() + length);
				this.transport.process();
			}
		}
		catch (TransportException ex) {
			this.transport.closed(ex);
		}
		catch (RuntimeException | StackOverflowError ex) {
			String description = "Undecodable input: " + ex.getClass().getSimpleName();
			this.transport.closed(new TransportDecodeException(description, new DecodeException(description, ex)));
		}
		bytes.position(bytes.limit());
	}

	@Override
	public void readComplete() {
		turn();
	}

	@Override
	public void writable() {
		turn();
	}

	@Override
	public void closed(@Nullable Throwable cause) {
		this.closed = true;
		this.channel = null;
		if (this.heartbeat != null) {
			this.heartbeat.cancel();
		}
		this.owner.channelClosed(cause);
	}

	private void turn() {
		this.turnRequested = false;
		if (this.closed || this.inTurn) {
			return;
		}
		this.inTurn = true;
		try {
			do {
				dispatchEvents();
				writeOutput();
			}
			while (this.collector.peek() != null && !this.closed);
		}
		finally {
			this.inTurn = false;
		}
	}

	private void dispatchEvents() {
		for (Event event = this.collector.peek(); event != null; event = this.collector.peek()) {
			try {
				this.owner.event(event);
			}
			catch (RuntimeException ex) {
				this.owner.taskFailed(ex);
			}
			this.collector.pop();
		}
	}

	private void writeOutput() {
		boolean written = false;
		boolean ended = false;
		while (this.channel != null && this.channel.isWritable() && !ended) {
			int pending = this.transport.pending();
			if (pending > 0) {
				ByteBuffer head = this.transport.head();
				int length = head.remaining();
				this.channel.write(head);
				this.transport.pop(length);
				written = true;
			}
			else {
				ended = pending < 0;
				break;
			}
		}
		if (written && this.channel != null) {
			this.channel.flush();
		}
		if (ended) {
			this.owner.outputEnded();
		}
	}

	private void heartbeat() {
		long now = TimeUnit.NANOSECONDS.toMillis(this.loop.nanoTime());
		long deadline = this.transport.tick(now);
		if (deadline != 0 && !this.closed) {
			this.heartbeat = this.loop.schedule(Duration.ofMillis(Math.max(1, deadline - now)), this::heartbeat);
		}
		touched();
	}

	/**
	 * What the bytes and events are for.
	 */
	interface Owner {

		/**
		 * There is a channel; the engine may be opened.
		 */
		void channelConnected();

		/**
		 * The channel is gone or never came to be.
		 */
		void channelClosed(@Nullable Throwable cause);

		/**
		 * The engine has an event.
		 */
		void event(Event event);

		/**
		 * The engine has nothing to say any more.
		 */
		void outputEnded();

		/**
		 * A task or the handling of an event failed: a fault of this side.
		 */
		void taskFailed(Throwable failure);

	}

}
