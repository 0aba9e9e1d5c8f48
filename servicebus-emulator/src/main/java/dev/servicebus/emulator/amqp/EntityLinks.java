package dev.servicebus.emulator.amqp;

import java.time.InstantSource;

import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.emulator.amqp.transaction.ClientTransactions;
import dev.servicebus.emulator.auth.Right;
import dev.servicebus.emulator.entity.EntityAddress;
import dev.servicebus.emulator.entity.ReceivableEntity;
import dev.servicebus.emulator.entity.SendableEntity;

/**
 * Opens the links of one connection to entities.
 */
final class EntityLinks {

	private final EntityAccess access;

	private final AuthorizedLinks authorizedLinks;

	private final SessionLinks sessionLinks;

	private final InstantSource clock;

	private final ClientTransactions transactions;

	EntityLinks(EntityAccess access, AuthorizedLinks authorizedLinks, ClientHoldings holdings, InstantSource clock) {
		this.access = access;
		this.authorizedLinks = authorizedLinks;
		this.sessionLinks = new SessionLinks(access, authorizedLinks, holdings, clock);
		this.clock = clock;
		this.transactions = holdings.transactions();
	}

	/**
	 * Opens a link on which the client sends.
	 */
	void openPublisher(IncomingLink link, EntityAddress address) {
		SendableEntity target = this.access.toSend(address);
		this.authorizedLinks.add(PublishingLink.accept(link, target, this.clock, this.transactions), Right.SEND,
				address.path());
	}

	/**
	 * Opens a link on which the client receives.
	 */
	void openConsumer(IncomingLink link, EntityAddress address) {
		ReceivableEntity source = this.access.toReceive(address);
		SessionFilter filter = SessionFilter.of(link.attach().source());
		if (filter != null) {
			this.sessionLinks.open(link, address, filter, source);
		}
		else {
			LinkSettlement settlement = new LinkSettlement(source, this.transactions);
			this.authorizedLinks.add(ConsumingLink.accept(link, settlement), Right.LISTEN, address.path());
		}
	}

}
