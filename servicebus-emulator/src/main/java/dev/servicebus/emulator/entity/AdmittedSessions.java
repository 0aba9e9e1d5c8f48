package dev.servicebus.emulator.entity;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.servicebus.emulator.delivery.AcceptedSession;
import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.delivery.SessionApplicant;
import dev.servicebus.emulator.delivery.SessionDelivery;
import dev.servicebus.emulator.delivery.SessionWait;
import dev.servicebus.emulator.session.SessionSnapshot;
import dev.servicebus.emulator.store.BrokerMessage;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of an entity, behind the entity's admission. Who holds a session may keep
 * its lock and its state whatever the status.
 */
final class AdmittedSessions implements Sessions {

	private final Admission admission;

	private final SessionDelivery sessions;

	AdmittedSessions(Admission admission, SessionDelivery sessions) {
		this.admission = admission;
		this.sessions = sessions;
	}

	@Override
	public AcceptedSession accept(String sessionId) {
		this.admission.checkReceiving();
		this.admission.checkSessionId(sessionId);
		return this.sessions.accept(sessionId);
	}

	@Override
	public SessionWait acceptNext(long deadline, SessionApplicant applicant) {
		this.admission.checkReceiving();
		return this.sessions.acceptNext(deadline, applicant);
	}

	@Override
	public long renewLock(String sessionId) {
		this.admission.checkExists();
		return this.sessions.renew(sessionId);
	}

	@Override
	public void checkLocks(String sessionId, Collection<UUID> lockTokens) {
		this.admission.checkExists();
		this.sessions.checkLocks(sessionId, lockTokens);
	}

	@Override
	public byte @Nullable [] state(String sessionId) {
		this.admission.checkExists();
		return this.sessions.state(sessionId);
	}

	@Override
	public void setState(String sessionId, byte @Nullable [] state) {
		this.admission.checkExists();
		this.admission.checkSize((state != null) ? state.length : 0);
		this.sessions.setState(sessionId, state);
	}

	@Override
	public List<String> list(long updatedAfter, int skip, int top) {
		this.admission.checkReceiving();
		return this.sessions.list(updatedAfter, Admission.atLeastZero("skip", skip), Admission.atLeastZero("top", top));
	}

	@Override
	public List<SessionSnapshot> snapshot() {
		return this.sessions.snapshot();
	}

	@Override
	public List<BrokerMessage> peek(String sessionId, long fromSequenceNumber, int maxCount) {
		this.admission.checkReceiving();
		return this.sessions.peek(sessionId, fromSequenceNumber, maxCount);
	}

	@Override
	public List<BrokerMessage> receiveDeferred(String sessionId, ReceiveMode mode, long... sequenceNumbers) {
		this.admission.checkReceiving();
		return this.sessions.receiveDeferred(sessionId, mode, sequenceNumbers);
	}

	@Override
	public int delete(String sessionId, int maxCount, long enqueuedBefore) {
		this.admission.checkReceiving();
		return this.sessions.delete(sessionId, maxCount, enqueuedBefore);
	}

}
