package dev.servicebus.emulator.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.servicebus.emulator.delivery.AcceptedSession;
import dev.servicebus.emulator.delivery.Consumer;
import dev.servicebus.emulator.delivery.ConsumerRegistration;
import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.delivery.SessionApplicant;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of one session, or one that waits for a session, that writes down what it
 * gets.
 */
final class TestSession implements Consumer, SessionApplicant {

	final List<String> ids = new ArrayList<>();

	final List<UUID> tokens = new ArrayList<>();

	final List<Integer> deliveryCounts = new ArrayList<>();

	private final ReceiveMode mode;

	@Nullable AcceptedSession session;

	@Nullable ConsumerRegistration registration;

	@Nullable BrokerException reason;

	private int credit;

	TestSession(ReceiveMode mode) {
		this.mode = mode;
	}

	static TestSession accept(ReceivableEntity source, String id) {
		TestSession receiver = new TestSession(ReceiveMode.PEEK_LOCK);
		receiver.accepted(source.sessions().accept(id));
		return receiver;
	}

	static TestSession acceptNext(ReceivableEntity source, long deadline) {
		TestSession receiver = new TestSession(ReceiveMode.PEEK_LOCK);
		source.sessions().acceptNext(deadline, receiver);
		return receiver;
	}

	TestSession request(int messages) {
		this.credit += messages;
		this.registration.demandChanged();
		return this;
	}

	UUID token(String id) {
		return this.tokens.get(this.ids.lastIndexOf(id));
	}

	@Override
	public void accepted(AcceptedSession accepted) {
		this.session = accepted;
		this.registration = accepted.register(this);
	}

	@Override
	public void refused(BrokerException newReason) {
		this.reason = newReason;
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
		this.ids.add((String) message.content().messageId());
		this.tokens.add(message.lockToken());
		this.deliveryCounts.add(message.deliveryCount());
	}

	@Override
	public void ended(BrokerException newReason) {
		this.reason = newReason;
	}

}
