package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Messages that have nothing to do with each other: all of them go to the dispatcher at
 * once.
 */
final class QueueIntake implements Intake, Lane, MessageSource.Listener {

	private final ListenerDefinition definition;

	private final MessagingClient client;

	private final Pipeline pipeline;

	private final Intake.Listener listener;

	private volatile @Nullable MessageSource source;

	QueueIntake(Parts parts, Pipeline pipeline, Intake.Listener listener) {
		this.definition = parts.definition();
		this.client = parts.services().client();
		this.pipeline = pipeline;
		this.listener = listener;
	}

	@Override
	public void open() {
		this.source = this.client.open(receiverOptions(), this);
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
	public CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition) {
		return source().settle(message, disposition);
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
			throw new IllegalStateException("the source of listener '" + this.definition.id() + "' is not open");
		}
		return current;
	}

	private ReceiverOptions receiverOptions() {
		ListenerOptions options = this.definition.options();
		boolean delete = options.settlement() == SettlementMode.RECEIVE_AND_DELETE;
		return this.definition.target()
			.toReceiverOptions()
			.withReceiveMode(delete ? ReceiveMode.RECEIVE_AND_DELETE : ReceiveMode.PEEK_LOCK)
			.withPrefetch(options.prefetch())
			.withMaxLockRenewal(delete ? Duration.ZERO : options.maxLockRenewal());
	}

}
