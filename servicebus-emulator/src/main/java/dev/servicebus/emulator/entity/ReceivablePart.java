package dev.servicebus.emulator.entity;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.servicebus.emulator.delivery.Consumer;
import dev.servicebus.emulator.delivery.ConsumerRegistration;
import dev.servicebus.emulator.delivery.DeliveryQueue;
import dev.servicebus.emulator.delivery.QueueCounts;
import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.delivery.SessionDelivery;
import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.delivery.TransactionalWork;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageSnapshot;

/**
 * An entity or one of its sub-queues, behind the entity's admission. Who has received a
 * message may settle it and renew its lock whatever the status.
 */
final class ReceivablePart implements ReceivableEntity {

	private final Admission admission;

	private final SubQueue subQueue;

	private final DeliveryQueue queue;

	ReceivablePart(Admission admission, SubQueue subQueue, DeliveryQueue queue) {
		this.admission = admission;
		this.subQueue = subQueue;
		this.queue = queue;
	}

	@Override
	public String path() {
		return this.admission.path() + this.subQueue.pathSuffix();
	}

	@Override
	public long maxMessageSize() {
		return this.admission.options().maxMessageSize();
	}

	@Override
	public ConsumerRegistration register(Consumer consumer) {
		this.admission.checkConsumer(this.subQueue);
		return this.queue.register(consumer);
	}

	@Override
	public boolean requiresSession() {
		return this.queue.sessions() != null;
	}

	@Override
	public Sessions sessions() {
		SessionDelivery sessions = this.queue.sessions();
		if (sessions == null) {
			throw this.admission.withoutSessions();
		}
		return new AdmittedSessions(this.admission, sessions);
	}

	@Override
	public void settle(UUID lockToken, Settlement settlement) {
		this.admission.checkExists();
		this.queue.settle(lockToken, settlement);
	}

	@Override
	public void settle(Collection<UUID> lockTokens, Settlement settlement) {
		this.admission.checkExists();
		this.queue.settle(lockTokens, settlement);
	}

	@Override
	public TransactionalWork prepare(Collection<UUID> lockTokens, Settlement settlement) {
		this.admission.checkExists();
		TransactionalWork work = this.queue.prepare(lockTokens, settlement);
		return new AdmittedWork(this.admission, work);
	}

	@Override
	public long renewLocks(Collection<UUID> lockTokens) {
		this.admission.checkExists();
		return this.queue.renewLocks(lockTokens);
	}

	@Override
	public List<BrokerMessage> peek(long fromSequenceNumber, int maxCount) {
		this.admission.checkReceiving();
		return this.queue.contents().peek(fromSequenceNumber, maxCount);
	}

	@Override
	public List<BrokerMessage> receiveDeferred(ReceiveMode mode, long... sequenceNumbers) {
		this.admission.checkReceiving();
		return this.queue.receiveDeferred(mode, sequenceNumbers);
	}

	@Override
	public int delete(int maxCount, long enqueuedBefore) {
		this.admission.checkReceiving();
		return this.queue.contents().delete(maxCount, enqueuedBefore);
	}

	@Override
	public int purge() {
		return this.queue.contents().purge();
	}

	@Override
	public int consumers() {
		return this.queue.consumers();
	}

	@Override
	public QueueCounts counts() {
		return this.queue.contents().counts();
	}

	@Override
	public List<MessageSnapshot> snapshot() {
		return this.queue.contents().snapshot();
	}

}
