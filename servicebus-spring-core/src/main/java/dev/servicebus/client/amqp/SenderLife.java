package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.OutgoingDelivery;
import dev.servicebus.amqp.endpoint.SenderLink;
import dev.servicebus.amqp.message.ByteSlice;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.connection.LinkLife;
import org.jspecify.annotations.Nullable;

/**
 * One life of a sender's link, with the operations that wait for their answer on it.
 */
final class SenderLife implements LinkLife, SenderLink.Listener {

	private static final Symbol MAX_BATCH_SIZE = Symbol.of("com.microsoft:max-message-batch-size");

	/** No tier of the service takes larger batches. */
	private static final long DEFAULT_MAX_BATCH_SIZE = 1024 * 1024;

	private final SendQueue queue;

	private final SenderLink link;

	private final Set<SendOperation> unanswered = new LinkedHashSet<>();

	private final DeliveryTags tags = new DeliveryTags();

	private long lastAnswerAt;

	SenderLife(SendQueue queue, AmqpSession session, String linkName) {
		this.queue = queue;
		Attach attach = Attach
			.sender(linkName, Terminus.Source.of(queue.core().clientId()), new Terminus.Target(queue.entityPath()))
			.withProperties(queue.core().linkProperties());
		this.link = session.attachSender(attach, this);
		this.lastAnswerAt = queue.core().owner().loop().nanoTime();
	}

	int credit() {
		return this.link.credit();
	}

	/**
	 * The largest message in bytes that the broker takes, 0 if it sets no limit.
	 */
	long maxMessageSize() {
		return this.link.peer().maxMessageSize();
	}

	/**
	 * The largest batch in bytes that the broker takes. Where large messages are allowed
	 * it is smaller than the largest message, and the broker says so in a property of the
	 * link.
	 */
	int maxBatchSize() {
		Object stated = this.link.peer().properties().get(MAX_BATCH_SIZE);
		long limit = (stated instanceof Number number && number.longValue() > 0) ? number.longValue()
				: DEFAULT_MAX_BATCH_SIZE;
		long messageLimit = maxMessageSize();
		return (int) Math.min(Integer.MAX_VALUE, (messageLimit > 0) ? Math.min(limit, messageLimit) : limit);
	}

	void send(SendOperation operation) {
		int format = operation.payload().messageFormat();
		ByteSlice payload = operation.payload().bytes();
		this.link.send(this.tags.next(), format, payload.array(), payload.offset(), payload.length(), false,
				operation.state(), operation);
		this.unanswered.add(operation);
		operation.sentAt(this.queue.core().owner().loop().nanoTime());
	}

	/**
	 * When something was answered last, in the loop's nanoTime.
	 */
	long lastAnswerAt() {
		return this.lastAnswerAt;
	}

	/**
	 * For how long an operation waits for its answer without any other being answered.
	 */
	Duration silentSince(SendOperation operation) {
		long now = this.queue.core().owner().loop().nanoTime();
		return Duration.ofNanos(Math.min(now - operation.sentAt(), now - this.lastAnswerAt));
	}

	/**
	 * The operations that were sent and not answered, in the order of sending.
	 */
	Set<SendOperation> unanswered() {
		return this.unanswered;
	}

	@Override
	public void close() {
		this.link.close(null);
	}

	@Override
	public void onOpened(SenderLink opened) {
		this.queue.opened(this);
	}

	@Override
	public void onCredit(SenderLink granted) {
		if (granted.isDraining()) {
			granted.drained();
		}
		this.queue.sendWaiting();
	}

	@Override
	public void onDisposition(SenderLink answered, OutgoingDelivery delivery, @Nullable DeliveryState state,
			boolean settled) {
		if (delivery.context() instanceof SendOperation operation && this.unanswered.remove(operation)) {
			this.lastAnswerAt = this.queue.core().owner().loop().nanoTime();
			if (!settled && state != null) {
				delivery.settle(state);
			}
			this.queue.answered(operation, state);
		}
	}

	@Override
	public void onClosed(AmqpLink closed, AmqpLink.LinkEnd end) {
		this.queue.ended(this, end);
	}

}
