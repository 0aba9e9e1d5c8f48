package dev.servicebus.listener.container;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.SubQueue;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Messages that have nothing to do with each other: all of them go to the dispatcher at
 * once.
 */
final class QueueIntake implements Intake, Lane, MessageSource.Listener {

	private final Parts parts;

	private final Pipeline pipeline;

	private final Intake.Listener listener;

	private final ReceiverOptions options;

	private volatile @Nullable MessageSource source;

	QueueIntake(Parts parts, Pipeline pipeline, Intake.Listener listener, ReceiverOptions options) {
		this.parts = parts;
		this.pipeline = pipeline;
		this.listener = listener;
		this.options = options;
	}

	/**
	 * The intake of a container, with its retry queue if it has one.
	 */
	static Intake of(Parts parts, Pipeline pipeline, Intake.Listener listener) {
		ReceiverOptions main = parts.receiverOptions();
		String retryQueue = parts.definition().options().failures().retryQueue();
		if (retryQueue == null || retryQueue.equalsIgnoreCase(main.path())) {
			return new QueueIntake(parts, pipeline, listener, main);
		}
		ReceiverOptions retry = ReceiverOptions.queue(retryQueue)
			.withPrefetch(main.prefetch())
			.withMaxLockRenewal(main.maxLockRenewal());
		return new CombinedIntake(List.of((hearer) -> new QueueIntake(parts, pipeline, hearer, main),
				(hearer) -> new QueueIntake(parts, pipeline, hearer, retry)), listener);
	}

	@Override
	public void open() {
		this.source = this.parts.services().client().open(receiverOptions(), this);
	}

	@Override
	public void demand(int messages) {
		source().demand(messages);
	}

	@Override
	public CompletableFuture<Void> stop() {
		return source().stop();
	}

	@Override
	public void close() {
		source().close();
	}

	@Override
	public void enter(Delivery delivery) {
		this.pipeline.dispatch(delivery);
	}

	@Override
	public void leave(Delivery delivery) {
		if (delivery.endCall()) {
			this.parts.demand().vacate();
		}
	}

	@Override
	public void forget(Delivery delivery) {
		if (delivery.isLockLost() && delivery.outlived()) {
			this.parts.demand().occupy();
		}
	}

	@Override
	public void lend() {
		this.parts.demand().lend();
	}

	@Override
	public void takeBack() {
		this.parts.demand().takeBack();
	}

	@Override
	public CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition) {
		return source().settle(message, disposition);
	}

	@Override
	public void settle(ServiceBusReceivedMessage message, Disposition disposition, Consumer<@Nullable Throwable> end) {
		source().settle(message, disposition, end);
	}

	@Override
	public CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition,
			ServiceBusTransaction transaction) {
		return source().settle(message, disposition, transaction);
	}

	@Override
	public @Nullable String queue() {
		boolean plain = this.options.subscription() == null && this.options.subQueue() == SubQueue.NONE;
		return plain ? this.options.entity() : null;
	}

	@Override
	public OffsetDateTime lockedUntil(ServiceBusReceivedMessage message) {
		OffsetDateTime known = message.lockedUntil();
		return (known != null) ? known : OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);
	}

	@Override
	public CompletableFuture<OffsetDateTime> renewLock(ServiceBusReceivedMessage message) {
		return source().renewLock(message);
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message) {
		this.pipeline.arrived(message, this);
	}

	@Override
	public void onLockLost(ServiceBusReceivedMessage message, ServiceBusException failure) {
		this.pipeline.lockLost(message, failure);
	}

	@Override
	public void onLockExpiring(ServiceBusReceivedMessage message) {
		this.pipeline.lockExpiring(message);
	}

	@Override
	public boolean watchesLocks() {
		return true;
	}

	@Override
	public void onFailure(ServiceBusException failure) {
		this.listener.onFailure(failure);
	}

	@Override
	public void onReady() {
		this.listener.onReady();
	}

	private MessageSource source() {
		MessageSource current = this.source;
		if (current == null) {
			throw new IllegalStateException(
					"the source of listener '" + this.parts.definition().id() + "' is not open");
		}
		return current;
	}

	private ReceiverOptions receiverOptions() {
		boolean locked = this.options.receiveMode() == ReceiveMode.PEEK_LOCK;
		return locked ? this.options : this.options.withMaxLockRenewal(Duration.ZERO);
	}

}
