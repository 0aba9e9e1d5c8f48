package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.Waiting;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.converter.ProblemReply;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Collects what the converter then makes a message of.
 */
final class MessageSpec implements OutgoingMessage {

	private static final byte[] NO_BODY = {};

	private final Sending sending;

	private final @Nullable String destination;

	private final @Nullable Requests requests;

	private final Map<String, @Nullable Object> headers = new LinkedHashMap<>();

	private @Nullable Consumer<ServiceBusMessage.Builder> customizer;

	private final Function<String, ScheduledMessages> scheduled;

	private @Nullable String scheduleKey;

	private @Nullable RetryOptions retry;

	private @Nullable Duration timeout;

	private Object payload = ServiceBusMessage.of(NO_BODY);

	/**
	 * Begins a message.
	 * @param destination {@code null} for that of the payload
	 * @param requests {@code null} if there are none
	 * @param scheduled finds what is scheduled on a queue
	 */
	MessageSpec(Sending sending, @Nullable String destination, @Nullable Requests requests,
			Function<String, ScheduledMessages> scheduled) {
		this.sending = sending;
		this.destination = destination;
		this.requests = requests;
		this.scheduled = scheduled;
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
	public OutgoingMessage timeout(Duration newTimeout) {
		this.timeout = newTimeout;
		return this;
	}

	@Override
	public OutgoingMessage retry(RetryOptions newRetry) {
		this.retry = newRetry;
		return this;
	}

	@Override
	public OutgoingMessage customize(Consumer<ServiceBusMessage.Builder> newCustomizer) {
		this.customizer = (this.customizer != null) ? this.customizer.andThen(newCustomizer) : newCustomizer;
		return this;
	}

	@Override
	public OutgoingMessage scheduleKey(String key) {
		this.scheduleKey = key;
		return customize((message) -> message.applicationProperty(ScheduledMessage.KEY, key));
	}

	@Override
	public SentMessage send() {
		return outlet().send(build());
	}

	@Override
	public CompletableFuture<SentMessage> sendAsync() {
		return outlet().sendAsync(build());
	}

	@Override
	public ScheduledMessage schedule(OffsetDateTime enqueueTime) {
		Outlet outlet = outlet();
		return (this.scheduleKey == null) ? outlet.schedule(build(), enqueueTime) : Waiting
			.await(replace(outlet, this.scheduleKey, enqueueTime), ErrorContext.of("schedule", outlet.destination()));
	}

	@Override
	public CompletableFuture<ScheduledMessage> scheduleAsync(OffsetDateTime enqueueTime) {
		Outlet outlet = outlet();
		return (this.scheduleKey == null) ? outlet.scheduleAsync(build(), enqueueTime)
				: replace(outlet, this.scheduleKey, enqueueTime);
	}

	private CompletableFuture<ScheduledMessage> replace(Outlet outlet, String key, OffsetDateTime enqueueTime) {
		if (this.sending.isInTransaction()) {
			throw new IllegalStateException("What is scheduled under the key '" + key
					+ "' cannot be replaced in a transaction: schedule without a key, or outside of it");
		}
		ScheduledMessages others = this.scheduled.apply(outlet.destination());
		ServiceBusMessage message = build();
		return outlet.scheduleAsync(message, enqueueTime)
			.thenCompose((latest) -> others.isThere(latest.sequenceNumber())
				.thenCompose((there) -> there ? CompletableFuture.completedFuture(latest)
						: outlet.scheduleAsync(ScheduledMessages.renamed(message), enqueueTime)))
			.thenCompose((latest) -> others.replaced(key, latest));
	}

	@Override
	public <T> T request(Class<T> replyType) {
		Outlet outlet = outlet();
		ErrorContext where = ErrorContext.of("request", outlet.destination());
		return converted(Waiting.await(sendRequest(outlet), where), replyType, where);
	}

	@Override
	public <T> CompletableFuture<T> requestAsync(Class<T> replyType) {
		Outlet outlet = outlet();
		CompletableFuture<ServiceBusReceivedMessage> reply = sendRequest(outlet);
		CompletableFuture<T> result = reply
			.thenApply((received) -> converted(received, replyType, ErrorContext.of("request", outlet.destination())));
		result.whenComplete((value, failure) -> reply.cancel(false));
		return result;
	}

	private <T> T converted(ServiceBusReceivedMessage reply, Class<T> replyType, ErrorContext where) {
		ProblemReply problem = ProblemReply.from(reply);
		if (problem != null) {
			throw new RemoteProblemException(where, problem);
		}
		return this.sending.converter().fromServiceBusMessage(reply, replyType);
	}

	/** A request is named by itself: two that say the same are two. */
	private CompletableFuture<ServiceBusReceivedMessage> sendRequest(Outlet outlet) {
		if (this.requests == null) {
			throw new IllegalStateException("The template has no queue for replies: set its ReplyOptions"
					+ " (property servicebus.template.reply.queue)");
		}
		return this.requests.send(outlet, content(), this.timeout);
	}

	private Outlet outlet() {
		String path = (this.destination != null) ? this.destination : this.sending.destinationOf(this.payload);
		return this.sending.outlet(path, this.retry, this.timeout);
	}

	private ServiceBusMessage build() {
		return this.sending.identify(this.payload, content());
	}

	private ServiceBusMessage content() {
		ServiceBusMessage message = this.sending.convert(this.payload, this.headers);
		if (this.customizer == null) {
			return message;
		}
		ServiceBusMessage.Builder changed = message.mutate();
		this.customizer.accept(changed);
		return changed.build();
	}

}
