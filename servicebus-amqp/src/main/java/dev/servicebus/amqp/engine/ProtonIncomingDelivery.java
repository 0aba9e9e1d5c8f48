package dev.servicebus.amqp.engine;

import java.util.Arrays;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import org.apache.qpid.proton.codec.ReadableBuffer;
import org.apache.qpid.proton.engine.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * A message from the peer. Its bytes are taken out of the engine frame by frame, so that
 * a message that never ends cannot fill the memory.
 */
final class ProtonIncomingDelivery implements IncomingDelivery {

	private static final byte[] NOTHING = new byte[0];

	private final ProtonReceiverLink link;

	private final Delivery delivery;

	private final long maxSize;

	private byte[] payload = NOTHING;

	private int length;

	private long size;

	private boolean complete;

	private @Nullable DeliveryState initialState;

	private @Nullable Object context;

	ProtonIncomingDelivery(ProtonReceiverLink link, Delivery delivery, long maxSize) {
		this.link = link;
		this.delivery = delivery;
		this.maxSize = maxSize;
	}

	void append(ReadableBuffer bytes) {
		int count = bytes.remaining();
		this.size += count;
		if (count == 0 || isTooLarge()) {
			this.payload = isTooLarge() ? NOTHING : this.payload;
			return;
		}
		if (this.length == 0 && bytes.hasArray() && bytes.arrayOffset() == 0 && bytes.array().length == count) {
			// A message of one frame: the engine has made this array for it alone.
			this.payload = bytes.array();
		}
		else {
			if (this.payload.length - this.length < count) {
				this.payload = Arrays.copyOf(this.payload, Math.max(this.length + count, this.length * 2));
			}
			bytes.get(this.payload, this.length, count);
		}
		this.length += count;
	}

	void complete() {
		this.complete = true;
		if (!isTooLarge() && this.payload.length != this.length) {
			this.payload = Arrays.copyOf(this.payload, this.length);
		}
		this.initialState = ProtonStates.fromProton(this.delivery.getRemoteState());
	}

	boolean isComplete() {
		return this.complete;
	}

	boolean isTooLarge() {
		return this.size > this.maxSize;
	}

	long size() {
		return this.size;
	}

	@Override
	public byte[] tag() {
		return this.delivery.getTag();
	}

	@Override
	public int messageFormat() {
		return this.delivery.getMessageFormat();
	}

	@Override
	public byte[] payload() {
		return this.payload;
	}

	@Override
	public @Nullable DeliveryState initialState() {
		return this.initialState;
	}

	@Override
	public boolean isRemotelySettled() {
		return this.delivery.remotelySettled();
	}

	@Override
	public @Nullable Object context() {
		return this.context;
	}

	@Override
	public void setContext(@Nullable Object newContext) {
		this.context = newContext;
	}

	@Override
	public void propose(DeliveryState state) {
		if (this.delivery.isSettled()) {
			throw new IllegalStateException("The delivery is settled");
		}
		if (this.link.isAlive()) {
			this.delivery.disposition(ProtonStates.toProton(state));
			this.link.touched();
		}
	}

	@Override
	public void settle(DeliveryState state) {
		if (this.delivery.isSettled() || !this.link.isAlive()) {
			return;
		}
		this.delivery.disposition(ProtonStates.toProton(state));
		this.delivery.settle();
		this.link.touched();
	}

}
