package dev.servicebus.emulator.entity;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.servicebus.emulator.store.BrokerException;

/**
 * Those who send to one entity, in the order in which they came.
 */
final class Senders {

	private final Set<Sender> senders = new LinkedHashSet<>();

	Sender.Registration register(Sender sender) {
		this.senders.add(sender);
		return () -> this.senders.remove(sender);
	}

	/**
	 * Ends all registrations. A sender may cancel its own when it is told.
	 */
	void endAll(BrokerException reason) {
		List<Sender> ended = List.copyOf(this.senders);
		this.senders.clear();
		ended.forEach((sender) -> sender.ended(reason));
	}

}
