package dev.servicebus.amqp.simulation;

import java.time.Duration;

import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.ConnectFailedException;
import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * A dialer's way to its connection, or to the reason why there is none.
 */
final class ConnectAttempt implements EventLoop.Timer {

	private final SimulatedNetwork network;

	private final EventLoop loop;

	private final ConnectTarget target;

	private final ByteChannelHandler handler;

	private EventLoop.@Nullable Timer limit;

	private @Nullable SimulatedConnection connection;

	private boolean finished;

	ConnectAttempt(SimulatedNetwork network, EventLoop loop, ConnectTarget target, ByteChannelHandler handler) {
		this.network = network;
		this.loop = loop;
		this.target = target;
		this.handler = handler;
	}

	ConnectTarget target() {
		return this.target;
	}

	void start(Duration timeLimit) {
		this.loop.execute(() -> {
			if (!this.finished) {
				this.limit = this.loop.schedule(timeLimit, () -> fail(Reason.TIMEOUT));
				this.network.route(this);
			}
		});
	}

	void reach(Listener listener, Duration latency) {
		listener.loop().schedule(latency, () -> {
			if (!listener.isListening()) {
				refuse(latency);
			}
			else if (!this.finished) {
				accept(listener, latency);
			}
		});
	}

	void refuse(Duration latency) {
		this.loop.schedule(latency, () -> fail(Reason.REFUSED));
	}

	private void accept(Listener listener, Duration latency) {
		SimulatedChannel dialer = new SimulatedChannel(this.loop, this.handler, this.target.toString());
		SimulatedConnection accepted = this.network.establish(this.target, dialer, listener);
		this.connection = accepted;
		accepted.acceptor().connected();
		this.loop.schedule(latency, () -> {
			if (finish()) {
				accepted.dialer().connected();
			}
		});
	}

	@Override
	public void cancel() {
		if (this.loop.inEventLoop()) {
			fail(Reason.CANCELLED);
		}
		else {
			this.loop.execute(() -> fail(Reason.CANCELLED));
		}
	}

	private void fail(Reason reason) {
		if (!finish()) {
			return;
		}
		ConnectFailedException cause = new ConnectFailedException(this.target, reason, null);
		if (this.connection != null) {
			this.connection.dialer().abort(cause);
		}
		else {
			this.loop.execute(() -> this.handler.closed(cause));
		}
	}

	private boolean finish() {
		if (this.finished) {
			return false;
		}
		this.finished = true;
		this.network.forget(this);
		if (this.limit != null) {
			this.limit.cancel();
		}
		return true;
	}

}
