package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.Waiting;
import dev.servicebus.converter.ProblemReply;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.springframework.messaging.MessageHeaders;

/**
 * Collects what the converter then makes a message of.
 */
final class MessageSpec implements OutgoingMessage {

	private static final byte[] NO_BODY = {};

	private final ServiceBusMessageConverter converter;

	private final @Nullable Requests requests;

	private final Map<String, @Nullable Object> headers = new LinkedHashMap<>();

	private Consumer<ServiceBusMessage.Builder> customizer = (message) -> {
	};

	private ServiceBusSender sender;

	private @Nullable Duration timeout;

	private Object payload = ServiceBusMessage.of(NO_BODY);

	MessageSpec(ServiceBusSender sender, ServiceBusMessageConverter converter, @Nullable Requests requests) {
		this.sender = sender;
		this.converter = converter;
		this.requests = requests;
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
	public OutgoingMessage replyToSessionId(String replyToSessionId) {
		return header(ServiceBusHeaders.REPLY_TO_SESSION_ID, replyToSessionId);
	}

	@Override
	public OutgoingMessage timeout(Duration newTimeout) {
		this.sender = this.sender.withTimeout(newTimeout);
		this.timeout = newTimeout;
		return this;
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
	public ScheduledMessage schedule(OffsetDateTime enqueueTime) {
		return scheduled(this.sender.schedule(build(), enqueueTime));
	}

	@Override
	public CompletableFuture<ScheduledMessage> scheduleAsync(OffsetDateTime enqueueTime) {
		return this.sender.scheduleAsync(build(), enqueueTime).thenApply(this::scheduled);
	}

	@Override
	public <T> T request(Class<T> replyType) {
		return converted(Waiting.await(sendRequest(), ErrorContext.of("request", this.sender.entityPath())), replyType);
	}

	@Override
	public <T> CompletableFuture<T> requestAsync(Class<T> replyType) {
		CompletableFuture<ServiceBusReceivedMessage> reply = sendRequest();
		CompletableFuture<T> result = reply.thenApply((received) -> converted(received, replyType));
		result.whenComplete((value, failure) -> reply.cancel(false));
		return result;
	}

	private <T> T converted(ServiceBusReceivedMessage reply, Class<T> replyType) {
		ProblemReply problem = ProblemReply.from(reply);
		if (problem != null) {
			throw new RemoteProblemException(ErrorContext.of("request", this.sender.entityPath()), problem);
		}
		return this.converter.fromServiceBusMessage(reply, replyType);
	}

	private CompletableFuture<ServiceBusReceivedMessage> sendRequest() {
		if (this.requests == null) {
			throw new IllegalStateException("The template has no queue for replies: set its ReplyOptions"
					+ " (property servicebus.template.reply.queue)");
		}
		return this.requests.send(this.sender, build(), this.timeout);
	}

	private ScheduledMessage scheduled(long sequenceNumber) {
		return new ScheduledMessage(this.sender.entityPath(), sequenceNumber);
	}

	private ServiceBusMessage build() {
		ServiceBusMessage.Builder message = this.converter.toServiceBusMessage(this.payload, this.headers).mutate();
		this.customizer.accept(message);
		return message.build();
	}

}
