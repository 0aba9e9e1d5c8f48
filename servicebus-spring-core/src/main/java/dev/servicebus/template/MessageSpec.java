package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.message.ServiceBusMessage;
import org.springframework.messaging.MessageHeaders;

/**
 * Collects what the converter then makes a message of.
 */
final class MessageSpec implements OutgoingMessage {

	private static final byte[] NO_BODY = {};

	private final ServiceBusSender sender;

	private final ServiceBusMessageConverter converter;

	private final Map<String, @Nullable Object> headers = new LinkedHashMap<>();

	private Consumer<ServiceBusMessage.Builder> customizer = (message) -> {
	};

	private Object payload = ServiceBusMessage.of(NO_BODY);

	MessageSpec(ServiceBusSender sender, ServiceBusMessageConverter converter) {
		this.sender = sender;
		this.converter = converter;
	}

	@Override
	public OutgoingMessage body(Object newPayload) {
		this.payload = newPayload;
		return this;
	}

	@Override
	public OutgoingMessage header(String name, @Nullable Object value) {
		this.headers.put(name, value);
		return this;
	}

	@Override
	public OutgoingMessage headers(Map<String, ? extends @Nullable Object> newHeaders) {
		this.headers.putAll(newHeaders);
		return this;
	}

	@Override
	public OutgoingMessage messageId(String messageId) {
		return header(ServiceBusHeaders.MESSAGE_ID, messageId);
	}

	@Override
	public OutgoingMessage sessionId(String sessionId) {
		return header(ServiceBusHeaders.SESSION_ID, sessionId);
	}

	@Override
	public OutgoingMessage partitionKey(String partitionKey) {
		return header(ServiceBusHeaders.PARTITION_KEY, partitionKey);
	}

	@Override
	public OutgoingMessage correlationId(String correlationId) {
		return header(ServiceBusHeaders.CORRELATION_ID, correlationId);
	}

	@Override
	public OutgoingMessage subject(String subject) {
		return header(ServiceBusHeaders.SUBJECT, subject);
	}

	@Override
	public OutgoingMessage contentType(String contentType) {
		return header(MessageHeaders.CONTENT_TYPE, contentType);
	}

	@Override
	public OutgoingMessage replyTo(String replyTo) {
		return header(ServiceBusHeaders.REPLY_TO, replyTo);
	}

	@Override
	public OutgoingMessage timeToLive(Duration timeToLive) {
		return header(ServiceBusHeaders.TIME_TO_LIVE, timeToLive);
	}

	@Override
	public OutgoingMessage customize(Consumer<ServiceBusMessage.Builder> newCustomizer) {
		this.customizer = this.customizer.andThen(newCustomizer);
		return this;
	}

	@Override
	public void send() {
		this.sender.send(build());
	}

	@Override
	public CompletableFuture<Void> sendAsync() {
		return this.sender.sendAsync(build());
	}

	@Override
	public long schedule(OffsetDateTime enqueueTime) {
		return this.sender.schedule(build(), enqueueTime);
	}

	@Override
	public CompletableFuture<Long> scheduleAsync(OffsetDateTime enqueueTime) {
		return this.sender.scheduleAsync(List.of(build()), enqueueTime).thenApply((numbers) -> numbers.get(0));
	}

	private ServiceBusMessage build() {
		ServiceBusMessage.Builder message = this.converter.toServiceBusMessage(this.payload, this.headers).mutate();
		this.customizer.accept(message);
		return message.build();
	}

}
