package dev.servicebus.template;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Replies from a queue of our own.
 */
final class QueueReplies implements ReplyIntake, MessageSource.Listener {

	private static final Logger logger = LoggerFactory.getLogger(QueueReplies.class);

	private final MessageSource source;

	private volatile @Nullable Consumer<ServiceBusReceivedMessage> replies;

	QueueReplies(MessagingClient client, String queue) {
		this.source = client.open(ReceiverOptions.queue(queue), this);
	}

	@Override
	public void open(Consumer<ServiceBusReceivedMessage> newReplies) {
		if (this.replies == null) {
			this.replies = newReplies;
			this.source.demand(WINDOW);
		}
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message) {
		this.source.settle(message, new Disposition.Complete()).whenComplete((settled, failure) -> {
			if (failure != null) {
				logger.warn("A reply could not be completed and may come twice: {}", failure.toString());
			}
			Consumer<ServiceBusReceivedMessage> taker = this.replies;
			if (taker != null) {
				taker.accept(message);
			}
		});
	}

	@Override
	public void onFailure(ServiceBusException failure) {
		logger.warn("Replies cannot be received: {}", failure.getMessage());
	}

	@Override
	public void close() {
		this.source.close();
	}

}
