package dev.servicebus.emulator.amqp;

import java.util.ArrayList;
import java.util.List;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.amqp.message.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a raw client's link.
 */
final class TestReceiver implements ReceiverLink.Listener {

	private final TestBench bench;

	final List<IncomingDelivery> deliveries = new ArrayList<>();

	/** What the broker answered to outcomes. */
	final List<Answer> answers = new ArrayList<>();

	ReceiverLink link;

	AmqpLink.@Nullable LinkEnd end;

	int drained;

	TestReceiver(TestBench bench) {
		this.bench = bench;
	}

	void attached(ReceiverLink newLink) {
		this.link = newLink;
	}

	TestReceiver credit(int messages) {
		this.bench.run(() -> this.link.addCredit(messages));
		return this;
	}

	void drain() {
		this.bench.run(this.link::drain);
	}

	/**
	 * All messages so far.
	 */
	List<EncodedMessage> messages() {
		return this.deliveries.stream().map((delivery) -> EncodedMessage.of(delivery.payload())).toList();
	}

	List<Object> ids() {
		return messages().stream().map((message) -> message.properties().messageId()).toList();
	}

	/**
	 * The last delivery.
	 */
	IncomingDelivery last() {
		return this.deliveries.get(this.deliveries.size() - 1);
	}

	EncodedMessage lastMessage() {
		return EncodedMessage.of(last().payload());
	}

	/**
	 * Sends an outcome for a delivery and asks for its confirmation.
	 * @return what the broker says to it
	 */
	Answer propose(IncomingDelivery delivery, DeliveryState outcome) {
		int before = this.answers.size();
		this.bench.run(() -> delivery.propose(outcome));
		if (this.answers.size() != before + 1) {
			throw new AssertionError("Expected one answer but got " + (this.answers.size() - before));
		}
		return this.answers.get(before);
	}

	/**
	 * Settles a delivery without asking.
	 */
	void settle(IncomingDelivery delivery, DeliveryState outcome) {
		this.bench.run(() -> delivery.settle(outcome));
	}

	@Nullable AmqpError refusal() {
		return (this.end != null) ? this.end.error() : null;
	}

	void close() {
		this.bench.run(() -> this.link.close(null));
	}

	@Override
	public void onDelivery(ReceiverLink receiver, IncomingDelivery delivery) {
		this.deliveries.add(delivery);
	}

	@Override
	public void onDisposition(ReceiverLink receiver, IncomingDelivery delivery, @Nullable DeliveryState state,
			boolean settled) {
		this.answers.add(new Answer(state, settled));
	}

	@Override
	public void onDrained(ReceiverLink receiver) {
		this.drained++;
	}

	@Override
	public void onClosed(AmqpLink closed, AmqpLink.LinkEnd newEnd) {
		this.end = newEnd;
	}

	record Answer(@Nullable DeliveryState state, boolean settled) {

	}

}
