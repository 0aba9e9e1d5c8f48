package dev.servicebus.client.amqp;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.servicebus.amqp.message.ByteSlice;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.message.MessageBatchEncoder;
import dev.servicebus.message.ServiceBusMessage;
import org.jspecify.annotations.Nullable;

/**
 * Sends to one entity. Messages are encoded on the caller's thread; from there on
 * everything happens on the loop.
 */
final class AmqpSender implements ServiceBusSender {

	private static final int PLAIN_FORMAT = 0;

	private final ClientCore core;

	private final String entityPath;

	private final Scheduling scheduling;

	private final Consumer<AmqpSender> onClose;

	private final SendQueue queue;

	/**
	 * Makes a sender that is not attached.
	 * @param core what the parts of the client share
	 * @param entityPath the queue or topic
	 * @param scheduling schedules its messages
	 * @param onClose runs when a program closes it
	 */
	AmqpSender(ClientCore core, String entityPath, Scheduling scheduling, Consumer<AmqpSender> onClose) {
		this.core = core;
		this.entityPath = entityPath;
		this.scheduling = scheduling;
		this.onClose = onClose;
		this.queue = new SendQueue(core, entityPath);
	}

	@Override
	public String entityPath() {
		return this.entityPath;
	}

	@Override
	public void send(ServiceBusMessage message) {
		ByteSlice payload = this.core.encoder().encodeToSlice(message);
		this.core.completions()
			.await(where(), (Completion<@Nullable Void> completion) -> submit(PLAIN_FORMAT, payload, completion));
	}

	@Override
	public CompletableFuture<Void> sendAsync(ServiceBusMessage message) {
		ByteSlice payload = this.core.encoder().encodeToSlice(message);
		return this.core.completions().async((completion) -> submit(PLAIN_FORMAT, payload, completion));
	}

	@Override
	public void send(List<ServiceBusMessage> messages) {
		ByteSlice payload = encodeBatch(messages);
		this.core.completions()
			.await(where(), (Completion<@Nullable Void> completion) -> submit(MessageBatchEncoder.MESSAGE_FORMAT,
					payload, completion));
	}

	@Override
	public CompletableFuture<Void> sendAsync(List<ServiceBusMessage> messages) {
		ByteSlice payload = encodeBatch(messages);
		return this.core.completions()
			.async((completion) -> submit(MessageBatchEncoder.MESSAGE_FORMAT, payload, completion));
	}

	@Override
	public long schedule(ServiceBusMessage message, OffsetDateTime enqueueTime) {
		return this.scheduling.schedule(List.of(message), enqueueTime).get(0);
	}

	@Override
	public CompletableFuture<List<Long>> scheduleAsync(List<ServiceBusMessage> messages, OffsetDateTime enqueueTime) {
		return this.scheduling.scheduleAsync(messages, enqueueTime);
	}

	@Override
	public void cancelScheduled(List<Long> sequenceNumbers) {
		this.scheduling.cancel(sequenceNumbers);
	}

	@Override
	public CompletableFuture<Void> cancelScheduledAsync(List<Long> sequenceNumbers) {
		return this.scheduling.cancelAsync(sequenceNumbers);
	}

	@Override
	public void close() {
		this.onClose.accept(this);
		this.core.execute(this::end);
	}

	/**
	 * Takes no more messages, on the loop.
	 * @return completes when those that were taken have ended
	 */
	CompletableFuture<Void> end() {
		return this.queue.end();
	}

	/**
	 * Packs the messages without a limit: the broker's is known when the link is there.
	 */
	private ByteSlice encodeBatch(List<ServiceBusMessage> messages) {
		if (messages.isEmpty()) {
			throw new IllegalArgumentException("There is no message to send");
		}
		MessageBatchEncoder batch = new MessageBatchEncoder(Integer.MAX_VALUE, this.core.clock());
		for (ServiceBusMessage message : messages) {
			if (!batch.tryAdd(message)) {
				throw new MessageSizeExceededException(
						where().withDescription("the batch has more than " + Integer.MAX_VALUE + " bytes"));
			}
		}
		byte[] encoded = batch.encode();
		return new ByteSlice(encoded, 0, encoded.length);
	}

	private void submit(int messageFormat, ByteSlice payload, Completion<@Nullable Void> completion) {
		SendOperation operation = new SendOperation(this.queue, messageFormat, payload, completion);
		this.core.execute(() -> this.queue.add(operation));
	}

	private ErrorContext where() {
		return ErrorContext.of("send", this.entityPath);
	}

}
