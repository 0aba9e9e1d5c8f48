package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.springframework.messaging.converter.MessageConversionException;

/**
 * The usual way to send and receive messages in an application. Thread-safe; one is
 * enough for all destinations of a namespace.
 *
 * <p>
 * Keeps one receiver for each destination that it has received from, and closes them with
 * itself. Senders are the client's.
 */
public final class ServiceBusTemplate implements ServiceBusOperations, AutoCloseable {

	private final Map<String, ServiceBusReceiver> receivers = new ConcurrentHashMap<>();

	private final MessagingClient client;

	private final ServiceBusMessageConverter converter;

	private final @Nullable String defaultDestination;

	/**
	 * Makes a template without a default destination.
	 * @param client sends and receives; closed by its owner
	 * @param converter converts payloads and headers
	 */
	public ServiceBusTemplate(MessagingClient client, ServiceBusMessageConverter converter) {
		this(client, converter, null);
	}

	/**
	 * Makes a template.
	 * @param client sends and receives; closed by its owner
	 * @param converter converts payloads and headers
	 * @param defaultDestination the queue or topic for messages without a destination,
	 * {@code null} for none
	 */
	public ServiceBusTemplate(MessagingClient client, ServiceBusMessageConverter converter,
			@Nullable String defaultDestination) {
		this.client = Objects.requireNonNull(client, "client");
		this.converter = Objects.requireNonNull(converter, "converter");
		this.defaultDestination = defaultDestination;
	}

	@Override
	public void send(Object payload) {
		send(defaultDestination(), payload);
	}

	@Override
	public void send(String destination, Object payload, Map<String, ? extends @Nullable Object> headers) {
		this.client.sender(destination).send(this.converter.toServiceBusMessage(payload, headers));
	}

	@Override
	public CompletableFuture<Void> sendAsync(String destination, Object payload) {
		return this.client.sender(destination).sendAsync(this.converter.toServiceBusMessage(payload, Map.of()));
	}

	@Override
	public OutgoingMessage message() {
		return to(defaultDestination());
	}

	@Override
	public OutgoingMessage to(String destination) {
		return new MessageSpec(this.client.sender(destination), this.converter);
	}

	@Override
	public long schedule(String destination, Object payload, OffsetDateTime enqueueTime) {
		ServiceBusMessage message = this.converter.toServiceBusMessage(payload, Map.of());
		return this.client.sender(destination).schedule(message, enqueueTime);
	}

	@Override
	public void cancel(String destination, long sequenceNumber) {
		this.client.sender(destination).cancelScheduled(List.of(sequenceNumber));
	}

	@Override
	public <T> @Nullable T receive(String destination, Class<T> type, Duration timeout) {
		ServiceBusReceiver receiver = receiver(destination);
		List<ServiceBusReceivedMessage> messages = receiver.receive(1, timeout);
		if (messages.isEmpty()) {
			return null;
		}
		ServiceBusReceivedMessage message = messages.get(0);
		T payload = convert(receiver, message, type);
		receiver.complete(message);
		return payload;
	}

	@Override
	public List<ServiceBusReceivedMessage> peek(String destination, int maxMessages) {
		return receiver(destination).peek(maxMessages, 0);
	}

	/**
	 * Closes the receivers. Harmless when repeated.
	 */
	@Override
	public void close() {
		this.receivers.values().forEach(ServiceBusReceiver::close);
		this.receivers.clear();
	}

	private <T> T convert(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, Class<T> type) {
		try {
			return this.converter.fromServiceBusMessage(message, type);
		}
		catch (MessageConversionException ex) {
			receiver.settle(message,
					Disposition.DeadLetter.ofAnyText(ex.getClass().getName(), ex.getMessage(), Map.of()));
			throw ex;
		}
	}

	private ServiceBusReceiver receiver(String destination) {
		return this.receivers.computeIfAbsent(destination, (path) -> this.client.receiver(ReceiverAddress.parse(path)));
	}

	private String defaultDestination() {
		if (this.defaultDestination == null) {
			throw new IllegalStateException("There is no default destination: name one in the call, or set it for the"
					+ " template (property servicebus.template.default-destination)");
		}
		return this.defaultDestination;
	}

}
