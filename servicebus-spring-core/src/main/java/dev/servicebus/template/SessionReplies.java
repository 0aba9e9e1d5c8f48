package dev.servicebus.template;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.SessionReceiver;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Replies from one session of a queue that may be shared. The session is held for as long
 * as the template lives, and accepted again when it was lost.
 */
final class SessionReplies implements ReplyIntake {

	private static final Logger logger = LoggerFactory.getLogger(SessionReplies.class);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final Duration WAIT = Duration.ofMinutes(1);

	private static final Duration FOR_GOOD = Duration.ofDays(36_500);

	private final AtomicBoolean opened = new AtomicBoolean();

	private final MessagingClient client;

	private final ReplyTimer timer;

	private final ReceiverOptions options;

	private final String sessionId;

	private volatile boolean closed;

	private volatile @Nullable SessionReceiver receiver;

	SessionReplies(MessagingClient client, ReplyTimer timer, String queue, String sessionId) {
		this.client = client;
		this.timer = timer;
		this.options = ReceiverOptions.queue(queue).withMaxLockRenewal(FOR_GOOD);
		this.sessionId = sessionId;
	}

	@Override
	public void open(Consumer<ServiceBusReceivedMessage> replies) {
		if (this.opened.compareAndSet(false, true)) {
			accept(replies);
		}
	}

	private void accept(Consumer<ServiceBusReceivedMessage> replies) {
		if (this.closed) {
			return;
		}
		this.client.acceptSessionAsync(this.options, this.sessionId).whenComplete((accepted, failure) -> {
			if (failure != null) {
				acceptLater(replies, failure);
				return;
			}
			this.receiver = accepted;
			if (this.closed) {
				accepted.close();
				return;
			}
			receive(accepted, replies);
		});
	}

	private void receive(SessionReceiver from, Consumer<ServiceBusReceivedMessage> replies) {
		from.receiveAsync(WINDOW, WAIT).whenComplete((messages, failure) -> {
			if (failure != null) {
				from.close();
				acceptLater(replies, failure);
				return;
			}
			take(from, messages, replies);
			receive(from, replies);
		});
	}

	private void take(SessionReceiver from, List<ServiceBusReceivedMessage> messages,
			Consumer<ServiceBusReceivedMessage> replies) {
		for (ServiceBusReceivedMessage message : messages) {
			from.completeAsync(message).whenComplete((completed, failure) -> {
				if (failure != null) {
					logger.warn("A reply could not be completed and may come twice: {}", failure.toString());
				}
				replies.accept(message);
			});
		}
	}

	private void acceptLater(Consumer<ServiceBusReceivedMessage> replies, Throwable failure) {
		if (!this.closed) {
			logger.warn("Replies cannot be received at present: {}", failure.toString());
			this.timer.schedule(PAUSE, () -> accept(replies));
		}
	}

	@Override
	public void close() {
		this.closed = true;
		SessionReceiver current = this.receiver;
		if (current != null) {
			current.close();
		}
	}

}
