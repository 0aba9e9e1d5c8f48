package dev.servicebus.template;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.servicebus.converter.InvalidReplyToException;
import dev.servicebus.converter.ReplyTo;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Receives requests and sends their replies. Thread-safe.
 */
final class Answering {

	private final Receiving receiving;

	private final Sending sending;

	Answering(Receiving receiving, Sending sending) {
		this.receiving = receiving;
		this.sending = sending;
	}

	<T> boolean next(String destination, Class<T> type, Duration timeout, Function<T, @Nullable Object> handler) {
		Boolean answered = this.receiving.with(destination, timeout, (message) -> read(message, type), (request) -> {
			answer(request, handler.apply(request.payload()));
			return true;
		});
		return Boolean.TRUE.equals(answered);
	}

	private <T> Request<T> read(ServiceBusReceivedMessage message, Class<T> type) {
		ReplyTo replyTo = ReplyTo.of(message, this.sending.namespace());
		if (replyTo == null) {
			throw new InvalidReplyToException("message " + message.sequenceNumber() + " has no reply-to address");
		}
		return new Request<>(message, replyTo, this.sending.converter().fromServiceBusMessage(message, type));
	}

	private void answer(Request<?> request, @Nullable Object result) {
		if (result != null) {
			ServiceBusMessage reply = request.replyTo()
				.address(request.message(), this.sending.convert(result, Map.of()));
			this.sending.outlet(request.replyTo().entity()).send(this.sending.identify(result, reply));
		}
	}

	private record Request<T>(ServiceBusReceivedMessage message, ReplyTo replyTo, T payload) {

	}

}
