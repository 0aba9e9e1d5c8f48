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
import dev.servicebus.transaction.CurrentTransaction;

/**
 * Receives and looks at messages, with one receiver kept for each place. Thread-safe.
 */
final class Receiving implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Receiving.class);

	private final Map<String, ServiceBusReceiver> receivers = new ConcurrentHashMap<>();

	private final MessagingClient client;

	private final ServiceBusMessageConverter converter;

	Receiving(MessagingClient client, ServiceBusMessageConverter converter) {
		this.client = client;
		this.converter = converter;
	}

	ServiceBusReceiver receiver(String destination) {
		return this.receivers.computeIfAbsent(destination, (path) -> this.client.receiver(ReceiverAddress.parse(path)));
	}

	<T> @Nullable T one(String destination, Class<T> type, Duration timeout) {
		return with(destination, type, timeout, Function.identity());
	}

	/**
	 * What a handler has seen is completed when it returns, and abandoned when it throws.
	 */
	<T, R> @Nullable R with(String destination, Class<T> type, Duration timeout, Function<T, R> handler) {
		ServiceBusReceiver receiver = receiver(destination);
		List<ServiceBusReceivedMessage> messages = receiver.receive(1, timeout);
		if (messages.isEmpty()) {
			return null;
		}
		ServiceBusReceivedMessage message = messages.get(0);
		T payload = convert(receiver, message, type);
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
		return payloads(receiver, receiver.receive(maxMessages, timeout), type);
	}

	<T> List<T> deferred(String destination, Class<T> type, List<Long> sequenceNumbers) {
		ServiceBusReceiver receiver = receiver(destination);
		return payloads(receiver, receiver.receiveDeferred(sequenceNumbers), type);
	}

	private <T> List<T> payloads(ServiceBusReceiver receiver, List<ServiceBusReceivedMessage> messages, Class<T> type) {
		List<T> payloads = new ArrayList<>();
		for (ServiceBusReceivedMessage message : messages) {
			try {
				payloads.add(convert(receiver, message, type));
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

	private void complete(ServiceBusReceiver receiver, ServiceBusReceivedMessage message) {
		ServiceBusTransaction transaction = CurrentTransaction.of(this.client);
		if (transaction != null) {
			receiver.settle(message, new Disposition.Complete(), transaction);
		}
		else {
			receiver.complete(message);
		}
	}

	private static void giveBack(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, Throwable failure) {
		try {
			receiver.abandon(message);
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
