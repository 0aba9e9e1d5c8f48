package dev.servicebus.emulator.delivery;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.store.MessageLog;
import dev.servicebus.emulator.store.MessageState;
import dev.servicebus.emulator.time.BrokerTimers;

/**
 * The messages of a log that wait for their time. Belongs to the broker's loop.
 */
public final class ScheduledMessages {

	private final MessageLog log;

	private final BrokerTimers timers;

	private final Consumer<BrokerMessage> whenDue;

	/**
	 * Creates the schedule of a log.
	 * @param log holds the messages
	 * @param timers the broker's time
	 * @param whenDue gets a message whose time has come, still scheduled in the log
	 */
	public ScheduledMessages(MessageLog log, BrokerTimers timers, Consumer<BrokerMessage> whenDue) {
		this.log = log;
		this.timers = timers;
		this.whenDue = whenDue;
	}

	/**
	 * Returns whether a message has to wait.
	 */
	public boolean isEarly(MessageContent content) {
		Instant at = content.scheduledEnqueueTime();
		return at != null && at.toEpochMilli() > this.timers.now();
	}

	/**
	 * Stores a message that {@linkplain #isEarly has to wait}, under a provisional
	 * number.
	 */
	public BrokerMessage add(MessageContent content) {
		return add(content, this.log.reserveNumber());
	}

	/**
	 * Stores a message that {@linkplain #isEarly has to wait}, under a number that was
	 * reserved for it.
	 */
	public BrokerMessage add(MessageContent content, long number) {
		Instant at = content.scheduledEnqueueTime();
		long due = (at != null) ? at.toEpochMilli() : this.timers.now();
		BrokerMessage message = this.log.schedule(content, this.timers.now(), number);
		this.log.await(message, this.timers.schedule(due, () -> this.whenDue.accept(message)));
		return message;
	}

	/**
	 * Takes scheduled messages back, all of them or none.
	 */
	public void cancel(long... sequenceNumbers) {
		Set<BrokerMessage> found = new LinkedHashSet<>();
		for (long number : sequenceNumbers) {
			BrokerMessage message = this.log.find(number);
			if (message == null || message.state() != MessageState.SCHEDULED) {
				throw new BrokerException(BrokerError.MESSAGE_NOT_FOUND, "The scheduled message with sequence number "
						+ number + " could not be found. It may have been enqueued or cancelled already.");
			}
			found.add(message);
		}
		found.forEach(this.log::remove);
	}

}
