package dev.servicebus.emulator.amqp;

import java.time.Duration;
import java.time.InstantSource;

import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.auth.Right;
import dev.servicebus.emulator.delivery.AcceptedSession;
import dev.servicebus.emulator.delivery.SessionWait;
import dev.servicebus.emulator.entity.EntityAddress;
import dev.servicebus.emulator.entity.ReceivableEntity;

/**
 * Opens the links on which clients receive from sessions.
 */
final class SessionLinks {

	private static final Symbol TIMEOUT = Symbol.of("com.microsoft:timeout");

	private static final long DEFAULT_TIMEOUT = Duration.ofSeconds(60).toMillis();

	/** What clients can express, an unsigned 32-bit number. */
	private static final long MAX_TIMEOUT = 0xFFFF_FFFFL;

	private final EntityAccess access;

	private final AuthorizedLinks authorizedLinks;

	private final ClientHoldings holdings;

	private final InstantSource clock;

	SessionLinks(EntityAccess access, AuthorizedLinks authorizedLinks, ClientHoldings holdings, InstantSource clock) {
		this.access = access;
		this.authorizedLinks = authorizedLinks;
		this.holdings = holdings;
		this.clock = clock;
	}

	/**
	 * Answers a link at once if it names a session or one is free, and otherwise as soon
	 * as one is, or the client's time is over.
	 * @throws dev.servicebus.emulator.store.BrokerException if the session cannot be had
	 */
	void open(IncomingLink link, EntityAddress address, SessionFilter filter, ReceivableEntity source) {
		if (filter.sessionId() != null) {
			accept(link, address, filter, source.sessions().accept(filter.sessionId()));
			return;
		}
		SessionWait wait = source.sessions()
			.acceptNext(this.clock.millis() + timeout(link),
					new WaitingLink(link, (session) -> accept(link, address, filter, session)));
		link.onAbandoned(wait::cancel);
	}

	/**
	 * The rights are looked at once more, because they may have ended during the wait.
	 */
	private void accept(IncomingLink link, EntityAddress address, SessionFilter filter, AcceptedSession session) {
		try {
			ReceivableEntity source = this.access.toReceive(address);
			LinkSettlement settlement = new LinkSettlement(source, this.holdings.transactions());
			AmqpLink accepted = ConsumingLink.accept(link, settlement, filter, session);
			this.holdings.sessions().add(address, session.sessionId(), accepted);
			this.authorizedLinks.add(accepted, Right.LISTEN, address.path());
		}
		catch (RuntimeException ex) {
			session.close();
			throw ex;
		}
	}

	private static long timeout(IncomingLink link) {
		return (link.attach().properties().get(TIMEOUT) instanceof Number millis)
				? Math.max(0, Math.min(millis.longValue(), MAX_TIMEOUT)) : DEFAULT_TIMEOUT;
	}

}
