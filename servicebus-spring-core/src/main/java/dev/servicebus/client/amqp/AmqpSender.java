package dev.servicebus.client.amqp;

import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.message.ByteSlice;
import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.connection.LinkFailure;
import dev.servicebus.client.connection.LinkKeeper;
import dev.servicebus.client.error.ErrorMapper;
import dev.servicebus.message.MessageBatchEncoder;
import dev.servicebus.message.ServiceBusMessage;
import org.jspecify.annotations.Nullable;

/**
 * Sends to one entity. Messages are encoded on the caller's thread; from there on
 * everything happens on the loop. Operations wait in order for link and credit, and each
 * one ends within its time limit.
 */
final class AmqpSender implements ServiceBusSender, LinkKeeper.Link<SenderLife> {

	private static final int PLAIN_FORMAT = 0;

	private final ClientCore core;

	private final String entityPath;

	private final Scheduling scheduling;

	private final Consumer<AmqpSender> onClose;

	private final Deadlines deadlines;

	private final LinkKeeper<SenderLife> keeper;

	private final Deque<SendOperation> waiting = new ArrayDeque<>();

	/** Operations that are not waiting but between two attempts. */
	private int backingOff;

	private final CompletableFuture<Void> end = new CompletableFuture<>();

	private boolean closed;

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
		this.deadlines = new Deadlines(core.owner().loop());
		this.keeper = new LinkKeeper<>(core.owner(), this, core.operationTimeout());
	}

	ClientCore core() {
		return this.core;
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
		this.closed = true;
		releaseIfDone();
		return this.end;
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
		SendOperation operation = new SendOperation(this, messageFormat, payload, completion);
		this.core.execute(() -> accept(operation));
	}

	private void accept(SendOperation operation) {
		if (this.closed) {
			operation.fail(new ServiceBusException(where().withDescription("the sender is closed")));
			return;
		}
		this.deadlines.add(this.core.operationTimeout(), operation);
		this.waiting.add(operation);
		this.keeper.want();
		sendWaiting();
	}

	void sendWaiting() {
		SenderLife life = this.keeper.current();
		if (life == null) {
			return;
		}
		long limit = life.maxMessageSize();
		while (life.credit() > 0 && !this.waiting.isEmpty()) {
			SendOperation operation = this.waiting.remove();
			if (limit > 0 && operation.payload().length() > limit) {
				operation.fail(new MessageSizeExceededException(where().withDescription("the message has "
						+ operation.payload().length() + " bytes, but the broker takes " + limit + " at most")));
			}
			else {
				life.send(operation);
			}
		}
	}

	/**
	 * The broker has answered an operation.
	 */
	void answered(SendOperation operation, @Nullable DeliveryState state) {
		this.keeper.usefulWork();
		if (state instanceof DeliveryState.Accepted) {
			operation.succeed();
		}
		else {
			attemptFailed(operation, ErrorMapper.ofSendOutcome(where(), state));
		}
		releaseIfDone();
	}

	/**
	 * The time of an operation is up.
	 * @return whether it was sent and waits for its answer
	 */
	boolean expired(SendOperation operation) {
		SenderLife life = this.keeper.current();
		boolean awaitingAnswer = life != null && life.unanswered().remove(operation);
		if (!awaitingAnswer) {
			this.waiting.remove(operation);
		}
		if (life == null && this.waiting.isEmpty()) {
			this.keeper.release();
		}
		releaseIfDone();
		return awaitingAnswer;
	}

	private void attemptFailed(SendOperation operation, ServiceBusException failure) {
		operation.nextAttempt(failure).ifPresentOrElse((delay) -> {
			this.backingOff++;
			this.core.owner().loop().schedule(delay, () -> tryAgain(operation));
		}, () -> operation.giveUp(failure));
	}

	private void tryAgain(SendOperation operation) {
		this.backingOff--;
		if (operation.isPending()) {
			this.waiting.add(operation);
			this.keeper.want();
			sendWaiting();
		}
		releaseIfDone();
	}

	void opened(SenderLife life) {
		this.keeper.opened(life);
	}

	void ended(SenderLife life, AmqpLink.LinkEnd end) {
		this.keeper.ended(life, end);
	}

	@Override
	public SenderLife attach(AmqpSession session) {
		return new SenderLife(this, session, this.core.linkNames().next(this.entityPath, "sender"));
	}

	@Override
	public void up(SenderLife life) {
		sendWaiting();
	}

	@Override
	public boolean down(@Nullable SenderLife life, LinkFailure failure) {
		if (life != null) {
			requeue(life);
		}
		this.waiting.forEach((operation) -> operation.noteFailure(failure.exception()));
		if (!failure.isTransient()) {
			List<SendOperation> hopeless = new ArrayList<>(this.waiting);
			this.waiting.clear();
			hopeless.forEach((operation) -> operation.giveUp(failure.exception()));
		}
		releaseIfDone();
		return !this.waiting.isEmpty();
	}

	/**
	 * Puts what was not answered in front of what waits, in the old order.
	 */
	private void requeue(SenderLife life) {
		List<SendOperation> again = new ArrayList<>(life.unanswered());
		life.unanswered().clear();
		for (int i = again.size() - 1; i >= 0; i--) {
			again.get(i).answerLost();
			this.waiting.addFirst(again.get(i));
		}
	}

	private void releaseIfDone() {
		SenderLife life = this.keeper.current();
		boolean idle = this.waiting.isEmpty() && this.backingOff == 0 && (life == null || life.unanswered().isEmpty());
		if (this.closed && idle) {
			this.keeper.release();
			this.end.complete(null);
		}
	}

	private ErrorContext where() {
		return ErrorContext.of("send", this.entityPath);
	}

}
