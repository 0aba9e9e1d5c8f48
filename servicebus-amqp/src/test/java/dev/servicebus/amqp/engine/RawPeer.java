package dev.servicebus.amqp.engine;

import java.nio.ByteBuffer;
import java.time.Duration;

import dev.servicebus.amqp.transport.ByteChannel;
import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.ConnectTarget;
import org.jspecify.annotations.Nullable;

/**
 * A peer that writes given bytes to the accepting side and reads nothing.
 */
final class RawPeer implements ByteChannelHandler {

	private final LoopbackPeers peers;

	private final byte[] bytes;

	private boolean closed;

	RawPeer(LoopbackPeers peers, byte[] bytes) {
		this.peers = peers;
		this.bytes = bytes;
	}

	void run() {
		this.peers.network.connect(this.peers.clientLoop, ConnectTarget.plain("localhost", LoopbackPeers.PORT),
				Duration.ofSeconds(5), this);
		this.peers.network.time().advance(Duration.ofMinutes(1));
	}

	boolean isClosed() {
		return this.closed;
	}

	@Override
	public void connected(ByteChannel channel) {
		channel.write(ByteBuffer.wrap(this.bytes));
		channel.flush();
	}

	@Override
	public void read(ByteBuffer received) {
		received.position(received.limit());
	}

	@Override
	public void readComplete() {
	}

	@Override
	public void writable() {
	}

	@Override
	public void closed(@Nullable Throwable cause) {
		this.closed = true;
	}

}
