package dev.servicebus.emulator.delivery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageLog;
import dev.servicebus.emulator.store.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * Finds deferred messages that may be handed out. A deferred message does not expire
 * while it lies there, but it does when somebody asks for it too late.
 */
final class DeferredMessages {

	private final MessageLog log;

	private final Departures departures;

	private final LongSupplier now;

	DeferredMessages(MessageLog log, Departures departures, LongSupplier now) {
		this.log = log;
		this.departures = departures;
		this.now = now;
	}

	/**
	 * Finds messages by their numbers, all or none, in the order asked for.
	 * @param filter which messages are in sight
	 * @param sequenceNumbers the numbers
	 */
	List<BrokerMessage> find(Predicate<BrokerMessage> filter, long[] sequenceNumbers) {
		Set<BrokerMessage> found = new LinkedHashSet<>();
		for (long number : sequenceNumbers) {
			BrokerMessage message = find(number);
			if (message == null || !filter.test(message) || !found.add(message)) {
				throw new BrokerException(BrokerError.MESSAGE_NOT_FOUND,
						"Failed to lock one or more specified messages. The message does not exist. Sequence number: "
								+ number);
			}
		}
		return new ArrayList<>(found);
	}

	private @Nullable BrokerMessage find(long sequenceNumber) {
		BrokerMessage message = this.log.find(sequenceNumber);
		if (message == null || message.state() != MessageState.DEFERRED || message.isLocked()) {
			return null;
		}
		if (message.isExpired(this.now.getAsLong())) {
			this.departures.expire(message);
			return null;
		}
		return message;
	}

}
