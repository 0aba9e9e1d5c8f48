package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.message.ServiceBusMessage;

/**
 * A message whose namespace follows from its payload, which may be set last.
 */
final class RoutedMessage implements OutgoingMessage {

	private final List<Consumer<OutgoingMessage>> changes = new ArrayList<>();

	private final Function<@Nullable Object, OutgoingMessage> routing;

	private @Nullable Object payload;

	/**
	 * Begins a message.
	 * @param routing begins the message for a payload, {@code null} for none
	 */
	RoutedMessage(Function<@Nullable Object, OutgoingMessage> routing) {
		this.routing = routing;
	}

	@Override
	public OutgoingMessage body(Object newPayload) {
		this.payload = newPayload;
		return change((message) -> message.body(newPayload));
	}

	@Override
	public OutgoingMessage header(String name, @Nullable Object value) {
		return change((message) -> message.header(name, value));
	}

	@Override
	public OutgoingMessage headers(Map<String, ? extends @Nullable Object> headers) {
		return change((message) -> message.headers(headers));
	}

	@Override
	public OutgoingMessage timeout(Duration timeout) {
		return change((message) -> message.timeout(timeout));
	}

	@Override
	public OutgoingMessage retry(RetryOptions retry) {
		return change((message) -> message.retry(retry));
	}

	@Override
	public OutgoingMessage customize(Consumer<ServiceBusMessage.Builder> customizer) {
		return change((message) -> message.customize(customizer));
	}

	@Override
	public OutgoingMessage scheduleKey(String key) {
		return change((message) -> message.scheduleKey(key));
	}

	@Override
	public SentMessage send() {
		return routed().send();
	}

	@Override
	public CompletableFuture<SentMessage> sendAsync() {
		return routed().sendAsync();
	}

	@Override
	public ScheduledMessage schedule(OffsetDateTime enqueueTime) {
		return routed().schedule(enqueueTime);
	}

	@Override
	public CompletableFuture<ScheduledMessage> scheduleAsync(OffsetDateTime enqueueTime) {
		return routed().scheduleAsync(enqueueTime);
	}

	@Override
	public <T> T request(Class<T> replyType) {
		return routed().request(replyType);
	}

	@Override
	public <T> CompletableFuture<T> requestAsync(Class<T> replyType) {
		return routed().requestAsync(replyType);
	}

	private OutgoingMessage change(Consumer<OutgoingMessage> change) {
		this.changes.add(change);
		return this;
	}

	private OutgoingMessage routed() {
		OutgoingMessage message = this.routing.apply(this.payload);
		this.changes.forEach((change) -> change.accept(message));
		return message;
	}

}
