package dev.servicebus.client.amqp;

import java.time.Instant;
import java.time.Duration;

import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.SessionLockLostException;

/**
 * The link to one session, from the asking to the end: puts together the lock, the way in
 * which the link is attached, and the source of the session's messages.
 */
final class SessionLink implements SessionLock.Listener, SessionTerms.Listener {

	private final ClientCore core;

	private final SessionTerms.Listener listener;

	private final SessionLock lock;

	private final SessionTerms terms;

	private final AmqpMessageSource source;

	private final LockedSession session;

	/**
	 * Makes a link that is not attached yet.
	 * @param context what is asked for
	 * @param listener hears how the asking ends
	 * @param messages hears of messages, and of the loss of the session as a failure
	 */
	SessionLink(Context context, SessionTerms.Listener listener, MessageSource.Listener messages) {
		this.core = context.core();
		this.listener = listener;
		this.lock = new SessionLock(context.core(), context.node(), this);
		this.terms = new SessionTerms(context.core(), context.request(), this.lock, this);
		ReceiverContext receiver = new ReceiverContext(context.core(), context.options(), this.terms,
				ReceiverManagement.ofSession(context.node(), context.core().terms(), this.lock));
		this.source = new AmqpMessageSource(receiver, messages);
		this.session = new LockedSession(receiver, this.lock, context.core().operationTimeout());
	}

	AmqpMessageSource source() {
		return this.source;
	}

	LockedSession session() {
		return this.session;
	}

	/**
	 * Returns whether the broker has been asked and has not answered.
	 */
	boolean isAsking() {
		return this.terms.isAsking();
	}

	@Override
	public void asked() {
		this.listener.asked();
	}

	@Override
	public void accepted() {
		Duration maxRenewal = this.source.context().options().maxLockRenewal();
		if (!maxRenewal.isZero()) {
			this.lock.renewWith(this.core.renewals().start(this.lock, maxRenewal));
		}
		this.listener.accepted();
	}

	@Override
	public void refused(ServiceBusException failure) {
		this.listener.refused(failure);
		this.source.end();
	}

	@Override
	public void renewed(Instant lockedUntil) {
		this.source.locksRenewed(lockedUntil);
	}

	@Override
	public void expiring() {
		this.source.locksExpiring();
	}

	@Override
	public void lost(SessionLockLostException failure) {
		this.source.fail(failure);
	}

	/**
	 * What a session is asked for with. Immutable.
	 *
	 * @param core what the parts of the client share
	 * @param options what is read, and how
	 * @param node the management node of the entity
	 * @param request which session, and how long to ask
	 */
	record Context(ClientCore core, ReceiverOptions options, ManagementNode node, SessionRequest request) {

		Context withRequest(SessionRequest newRequest) {
			return new Context(this.core, this.options, this.node, newRequest);
		}

	}

}
