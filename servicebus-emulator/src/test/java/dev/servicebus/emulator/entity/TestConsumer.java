package dev.servicebus.emulator.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.servicebus.emulator.delivery.Consumer;
import dev.servicebus.emulator.delivery.ConsumerRegistration;
import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that writes down what it gets.
 */
final class TestConsumer implements Consumer {

	final List<Delivery> deliveries = new ArrayList<>();

	private final ReceiveMode mode;

	private int credit;

	@Nullable BrokerException reason;

	Runnable onDelivery = () -> {
	};

	ConsumerRegistration registration;

	private TestConsumer(ReceivableEntity entity, ReceiveMode mode) {
		this.mode = mode;
		this.registration = entity.register(this);
	}

	static TestConsumer peekLock(ReceivableEntity entity) {
		return new TestConsumer(entity, ReceiveMode.PEEK_LOCK);
	}

	static TestConsumer receiveAndDelete(ReceivableEntity entity) {
		return new TestConsumer(entity, ReceiveMode.RECEIVE_AND_DELETE);
	}

	TestConsumer request(int messages) {
		this.credit += messages;
		this.registration.demandChanged();
		return this;
	}

	List<String> ids() {
		return this.deliveries.stream().map(Delivery::id).toList();
	}

	Delivery last() {
		return this.deliveries.get(this.deliveries.size() - 1);
	}

	UUID lastToken() {
		return last().token();
	}

	@Override
	public ReceiveMode receiveMode() {
		return this.mode;
	}

	@Override
	public int demand() {
		return this.credit;
	}

	@Override
	public void deliver(BrokerMessage message) {
		this.credit--;
		this.deliveries.add(new Delivery((String) message.content().messageId(), message.sequenceNumber(),
				message.deliveryCount(), message.lockToken(), message.lockedUntil()));
		this.onDelivery.run();
	}

	@Override
	public void ended(BrokerException newReason) {
		this.reason = newReason;
	}

	record Delivery(String id, long sequenceNumber, int deliveryCount, UUID token, long lockedUntil) {

	}

}
