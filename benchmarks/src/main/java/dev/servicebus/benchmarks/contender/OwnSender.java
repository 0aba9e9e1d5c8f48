package dev.servicebus.benchmarks.contender;

import java.util.List;

import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.message.ServiceBusMessage;

/**
 * Sends singly and in batches with this project's client.
 *
 * @param sender does it
 */
record OwnSender(ServiceBusSender sender) implements Contender.Sender {

	@Override
	public void send(Sample message, Contender.End end) {
		this.sender.sendAsync(message(message)).whenComplete((nothing, failure) -> {
			if (failure == null) {
				end.succeeded();
			}
			else {
				end.failed(failure);
			}
		});
	}

	@Override
	public void sendBatch(List<Sample> messages) {
		this.sender.send(messages.stream().map(OwnSender::message).toList());
	}

	private static ServiceBusMessage message(Sample sample) {
		return ServiceBusMessage.builder()
			.body(sample.content())
			.messageId(sample.messageId())
			.subject(Sample.SUBJECT)
			.correlationId(Sample.CORRELATION_ID)
			.contentType(Sample.CONTENT_TYPE)
			.applicationProperties(sample.applicationProperties())
			.build();
	}

}
