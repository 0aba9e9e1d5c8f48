package dev.servicebus.template;

import java.time.OffsetDateTime;
import java.util.List;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageNotFoundException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.message.MessageState;
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
		long copy = this.sender.schedule(find(scheduled).toMessage(), enqueueTime);
		try {
			this.sender.cancelScheduled(scheduled.sequenceNumber());
		}
		catch (MessageNotFoundException ex) {
			this.sender.cancelScheduled(copy);
			throw ex;
		}
		return new ScheduledMessage(scheduled.destination(), copy);
	}

	private ServiceBusReceivedMessage find(ScheduledMessage scheduled) {
		List<ServiceBusReceivedMessage> found = this.receiver.peek(1, scheduled.sequenceNumber());
		return found.stream()
			.filter((message) -> message.sequenceNumber() == scheduled.sequenceNumber())
			.filter((message) -> message.state() == MessageState.SCHEDULED)
			.findFirst()
			.orElseThrow(() -> new MessageNotFoundException(ErrorContext.of("move", scheduled.destination())
				.withDescription("message " + scheduled.sequenceNumber() + " is not scheduled any more")));
	}

}
