package dev.servicebus.emulator.delivery;

import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageLog;

/**
 * Carries out what a receiver has decided about a message whose lock it holds.
 */
final class Settler {

	private final MessageLog log;

	private final Departures departures;

	Settler(MessageLog log, Departures departures) {
		this.log = log;
		this.departures = departures;
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
