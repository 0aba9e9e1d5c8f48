package dev.servicebus.emulator.delivery;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageLog;

/**
 * Carries out what a receiver has decided about a message whose lock it holds.
 */
final class Settler {

	private final MessageLog log;

	private final Departures departures;

	private final Locks locks;

	Settler(MessageLog log, Departures departures, Locks locks) {
		this.log = log;
		this.departures = departures;
		this.locks = locks;
	}

	void settle(UUID lockToken, Settlement settlement) {
		settle(this.locks.require(lockToken), settlement);
	}

	/**
	 * Settles several deliveries alike, all or none.
	 */
	void settle(Collection<UUID> lockTokens, Settlement settlement) {
		Set<BrokerMessage> messages = new LinkedHashSet<>(this.locks.require(lockTokens));
		messages.forEach((message) -> settle(message, settlement));
	}

	/**
	 * Refuses what could not be carried out.
	 */
	void check(Settlement settlement) {
		if (settlement.outcome() == Settlement.Outcome.DEAD_LETTER) {
			this.departures.checkDeadLettering();
		}
	}

	void settle(BrokerMessage message, Settlement settlement) {
		switch (settlement.outcome()) {
			case COMPLETE -> this.log.remove(message);
			case DEAD_LETTER -> this.departures.deadLetter(message, settlement.propertiesToModify());
			case DEFER -> {
				this.log.modify(message, settlement.propertiesToModify());
				this.log.defer(message);
			}
			case ABANDON -> {
				this.log.modify(message, settlement.propertiesToModify());
				this.departures.failDelivery(message);
			}
			case RELEASE -> this.departures.putBack(message);
		}
	}

}
