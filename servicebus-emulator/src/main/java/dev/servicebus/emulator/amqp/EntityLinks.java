package dev.servicebus.emulator.amqp;

import java.time.InstantSource;
import java.util.Map;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import dev.servicebus.emulator.auth.Right;
import dev.servicebus.emulator.entity.EntityAddress;
import dev.servicebus.emulator.entity.ReceivableEntity;
import dev.servicebus.emulator.entity.SendableEntity;

/**
 * Opens the links of one connection to entities.
 */
final class EntityLinks {

	private static final Symbol SESSION_FILTER = Symbol.of("com.microsoft:session-filter");

	private final EntityAccess access;

	private final AuthorizedLinks authorizedLinks;

	private final InstantSource clock;

	EntityLinks(EntityAccess access, AuthorizedLinks authorizedLinks, InstantSource clock) {
		this.access = access;
		this.authorizedLinks = authorizedLinks;
		this.clock = clock;
	}

	/**
	 * Opens a link on which the client sends.
	 */
	void openPublisher(IncomingLink link, EntityAddress address) {
		SendableEntity target = this.access.toSend(address);
		target.checkSending();
		Attach answer = link.attach().withProperties(Map.of()).withMaxMessageSize(target.maxMessageSize());
		ReceiverLink accepted = link.acceptReceiver(answer, new PublishingLink(target, this.clock));
		PublishingLink.start(accepted);
		this.authorizedLinks.add(accepted, Right.SEND, address.path());
	}

	/**
	 * Opens a link on which the client receives.
	 */
	void openConsumer(IncomingLink link, EntityAddress address) {
		ReceivableEntity source = this.access.toReceive(address);
		Attach attach = link.attach();
		if (attach.source() != null && attach.source().filters().containsKey(SESSION_FILTER)) {
			throw new RefusedException(Failure.NOT_ALLOWED,
					"A session receiver cannot be created on '" + source.path() + "': it has no sessions.");
		}
		this.authorizedLinks.add(ConsumingLink.accept(link, source), Right.LISTEN, address.path());
	}

}
