package dev.servicebus.emulator.amqp;

import java.util.function.Consumer;

import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import dev.servicebus.emulator.delivery.AcceptedSession;
import dev.servicebus.emulator.delivery.SessionApplicant;
import dev.servicebus.emulator.store.BrokerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link whose answer is held back until a session is free. Whatever goes wrong then is
 * the answer, and does not reach whoever has set the session free.
 */
final class WaitingLink implements SessionApplicant {

	private static final Logger logger = LoggerFactory.getLogger(WaitingLink.class);

	private final IncomingLink link;

	private final Consumer<AcceptedSession> opener;

	WaitingLink(IncomingLink link, Consumer<AcceptedSession> opener) {
		this.link = link;
		this.opener = opener;
	}

	@Override
	public void accepted(AcceptedSession session) {
		try {
			this.opener.accept(session);
		}
		catch (BrokerException ex) {
			refused(ex);
		}
		catch (RefusedException ex) {
			this.link.refuse(ex.failure().error(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			logger.error("The emulator failed to open the session '{}' on link {}", session.sessionId(),
					this.link.attach().name(), ex);
			this.link.refuse(Failure.INTERNAL_ERROR.error("The emulator has failed: " + ex.getClass().getName()));
		}
	}

	@Override
	public void refused(BrokerException reason) {
		this.link.refuse(Failure.of(reason.error()).error(reason.getMessage()));
	}

}
