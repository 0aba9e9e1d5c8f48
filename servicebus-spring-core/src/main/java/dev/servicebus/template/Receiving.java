package dev.servicebus.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.converter.MessageConversionException;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.observation.ServiceBusObservations;
import dev.servicebus.transaction.CurrentTransaction;

/**
 * Receives and looks at messages, with one receiver kept for each place. Thread-safe.
 */
final class Receiving implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Receiving.class);

	private static final Disposition COMPLETE = new Disposition.Complete();

	private final Map<String, ServiceBusReceiver> receivers = new ConcurrentHashMap<>();

	private final MessagingClient client;

	private final ServiceBusMessageConverter converter;

	private final ServiceBusObservations observations;

	Receiving(MessagingClient client, ServiceBusMessageConverter converter, ServiceBusObservations observations) {
		this.client = client;
		this.converter = converter;
		this.observations = observations;
	}

	ServiceBusReceiver receiver(String destination) {
		return this.receivers.computeIfAbsent(destination, (path) -> this.client.receiver(ReceiverAddress.parse(path)));
	}

	List<ServiceBusReceivedMessage> messages(String destination, int maxMessages, Duration timeout) {
		ServiceBusReceiver receiver = receiver(destination);
		return this.observations.receive(receiver.options(), () -> receiver.receive(maxMessages, timeout));
	}

	<T> @Nullable T one(String destination, Class<T> type, Duration timeout) {
		return with(destination, timeout, as(type), Function.identity());
	}

	<T> Function<ServiceBusReceivedMessage, T> as(Class<T> type) {
		return (message) -> this.converter.fromServiceBusMessage(message, type);
	}

	/**
	 * What a handler has seen is completed when it returns, and abandoned when it throws.
	 * @param reader makes what the handler takes of the message, which is dead-lettered
	 * if that cannot be converted
	 */
	<T, R> @Nullable R with(String destination, Duration timeout, Function<ServiceBusReceivedMessage, T> reader,
			Function<T, R> handler) {
		ServiceBusReceiver receiver = receiver(destination);
		List<ServiceBusReceivedMessage> messages = messages(destination, 1, timeout);
		if (messages.isEmpty()) {
			return null;
		}
		ServiceBusReceivedMessage message = messages.get(0);
		T payload = convert(receiver, message, reader);
		R result;
		try {
			result = handler.apply(payload);
		}
		catch (RuntimeException | Error ex) {
			giveBack(receiver, message, ex);
			throw ex;
		}
		complete(receiver, message);
		return result;
	}

	<T> List<T> many(String destination, Class<T> type, int maxMessages, Duration timeout) {
		ServiceBusReceiver receiver = receiver(destination);
		return payloads(receiver, messages(destination, maxMessages, timeout), type);
	}

	<T> List<T> deferred(String destination, Class<T> type, List<Long> sequenceNumbers) {
		ServiceBusReceiver receiver = receiver(destination);
		return payloads(receiver,
				this.observations.receive(receiver.options(), () -> receiver.receiveDeferred(sequenceNumbers)), type);
	}

	private <T> List<T> payloads(ServiceBusReceiver receiver, List<ServiceBusReceivedMessage> messages, Class<T> type) {
		List<T> payloads = new ArrayList<>();
		for (ServiceBusReceivedMessage message : messages) {
			try {
				payloads.add(convert(receiver, message, as(type)));
			}
			catch (MessageConversionException ex) {
				logger.warn("Message {} of '{}' is moved to the dead-letter queue: {}", message.sequenceNumber(),
						receiver.entityPath(), ex.getMessage());
				continue;
			}
			complete(receiver, message);
		}
		return payloads;
	}

	private <T> T convert(ServiceBusReceiver receiver, ServiceBusReceivedMessage message,
			Function<ServiceBusReceivedMessage, T> reader) {
		try {
			return reader.apply(message);
		}
		catch (MessageConversionException ex) {
			settle(receiver, message,
					Disposition.DeadLetter.ofAnyText(ex.getClass().getName(), ex.getMessage(), Map.of()));
			throw ex;
		}
	}

	private void complete(ServiceBusReceiver receiver, ServiceBusReceivedMessage message) {
		ServiceBusTransaction transaction = CurrentTransaction.of(this.client);
		if (transaction != null) {
			this.observations.settle(receiver.options(), message, COMPLETE,
					() -> receiver.settle(message, COMPLETE, transaction));
		}
		else {
			settle(receiver, message, COMPLETE);
		}
	}

	private void settle(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, Disposition disposition) {
		this.observations.settle(receiver.options(), message, disposition, () -> receiver.settle(message, disposition));
	}

	private void giveBack(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, Throwable failure) {
		try {
			settle(receiver, message, new Disposition.Abandon(Map.of()));
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	@Override
	public void close() {
		this.receivers.values().forEach(ServiceBusReceiver::close);
		this.receivers.clear();
	}

}
