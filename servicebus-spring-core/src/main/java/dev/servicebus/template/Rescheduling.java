package dev.servicebus.template;

import java.time.OffsetDateTime;
import java.util.Optional;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageNotFoundException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.message.MessageState;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Moves scheduled messages to another time: looks at the message, schedules a copy, and
 * takes the original back.
 */
final class Rescheduling {

	private final ServiceBusSender sender;

	private final ServiceBusReceiver receiver;

	Rescheduling(ServiceBusSender sender, ServiceBusReceiver receiver) {
		this.sender = sender;
		this.receiver = receiver;
	}

	ScheduledMessage move(ScheduledMessage scheduled, OffsetDateTime enqueueTime) {
		long copy = scheduleCopy(find(scheduled), enqueueTime);
		try {
			this.sender.cancelScheduled(scheduled.sequenceNumber());
		}
		catch (MessageNotFoundException ex) {
			this.sender.cancelScheduled(copy);
			throw ex;
		}
		return new ScheduledMessage(scheduled.destination(), copy);
	}

	/**
	 * An entity with duplicate detection drops a copy with the id of the original, and
	 * says nothing; the copy gets another one then.
	 */
	private long scheduleCopy(ServiceBusReceivedMessage original, OffsetDateTime enqueueTime) {
		ServiceBusMessage copy = original.toMessage();
		long number = this.sender.schedule(copy, enqueueTime);
		if (number > 0 && find(number).isPresent()) {
			return number;
		}
		return this.sender.schedule(ScheduledMessages.renamed(copy), enqueueTime);
	}

	private Optional<ServiceBusReceivedMessage> find(long sequenceNumber) {
		return this.receiver.peek(1, sequenceNumber)
			.stream()
			.filter((message) -> message.sequenceNumber() == sequenceNumber)
			.filter((message) -> message.state() == MessageState.SCHEDULED)
			.findFirst();
	}

	private ServiceBusReceivedMessage find(ScheduledMessage scheduled) {
		return find(scheduled.sequenceNumber())
			.orElseThrow(() -> new MessageNotFoundException(ErrorContext.of("move", scheduled.destination())
				.withDescription("message " + scheduled.sequenceNumber() + " is not scheduled any more")));
	}

}
