package dev.servicebus.emulator.amqp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.OutgoingDelivery;
import dev.servicebus.amqp.endpoint.SenderLink;
import dev.servicebus.amqp.message.AmqpMessage;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a raw client's link.
 */
final class TestSender implements SenderLink.Listener {

	private final TestBench bench;

	final List<@Nullable DeliveryState> outcomes = new ArrayList<>();

	SenderLink link;

	AmqpLink.@Nullable LinkEnd end;

	private int tags;

	TestSender(TestBench bench) {
		this.bench = bench;
	}

	void attached(SenderLink newLink) {
		this.link = newLink;
	}

	/**
	 * Sends a message.
	 * @return its outcome
	 */
	@Nullable DeliveryState send(AmqpMessage message) {
		return send(0, message.encode());
	}

	@Nullable DeliveryState send(int format, byte[] payload) {
		return send(format, payload, null);
	}

	/**
	 * Sends a message with a state.
	 * @return its outcome
	 */
	@Nullable DeliveryState send(int format, byte[] payload, @Nullable DeliveryState state) {
		int before = this.outcomes.size();
		transfer(format, payload, false, state);
		return (this.outcomes.size() > before) ? this.outcomes.get(before) : null;
	}

	void sendSettled(AmqpMessage message) {
		sendSettled(message, null);
	}

	void sendSettled(AmqpMessage message, @Nullable DeliveryState state) {
		transfer(0, message.encode(), true, state);
	}

	private void transfer(int format, byte[] payload, boolean settled, @Nullable DeliveryState state) {
		byte[] tag = ByteBuffer.allocate(Integer.BYTES).putInt(++this.tags).array();
		this.bench.run(() -> this.link.send(tag, format, payload, 0, payload.length, settled, state, null));
	}

	@Nullable AmqpError refusal() {
		return (this.end != null) ? this.end.error() : null;
	}

	void close() {
		this.bench.run(() -> this.link.close(null));
	}

	@Override
	public void onDisposition(SenderLink sender, OutgoingDelivery delivery, @Nullable DeliveryState state,
			boolean settled) {
		this.outcomes.add(state);
	}

	@Override
	public void onClosed(AmqpLink closed, AmqpLink.LinkEnd newEnd) {
		this.end = newEnd;
	}

}
