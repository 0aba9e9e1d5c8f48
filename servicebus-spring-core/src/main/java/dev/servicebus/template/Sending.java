package dev.servicebus.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.message.MessageIds;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.observation.SendObservation;
import dev.servicebus.transaction.CurrentTransaction;

/**
 * Makes messages of payloads, and knows what sends them. Thread-safe.
 */
final class Sending {

	private final MessagingClient client;

	private final ServiceBusMessageConverter converter;

	private final TemplateOptions options;

	private final InterceptorChain interceptors;

	Sending(MessagingClient client, ServiceBusMessageConverter converter, TemplateOptions options) {
		this.client = client;
		this.converter = converter;
		this.options = options;
		this.interceptors = new InterceptorChain(options.interceptors());
	}

	String namespace() {
		return this.client.fullyQualifiedNamespace();
	}

	ServiceBusMessageConverter converter() {
		return this.converter;
	}

	/**
	 * Returns whether what the calling thread sends is part of a transaction.
	 */
	boolean isInTransaction() {
		return CurrentTransaction.of(this.client) != null;
	}

	/**
	 * Makes a message, which may have no id.
	 */
	ServiceBusMessage convert(Object payload, Map<String, ? extends @Nullable Object> headers) {
		return this.converter.toServiceBusMessage(payload, headers);
	}

	/**
	 * Makes a message that is ready to be sent.
	 */
	ServiceBusMessage message(Object payload, Map<String, ? extends @Nullable Object> headers) {
		return identify(payload, convert(payload, headers));
	}

	/**
	 * The message with an id, unless that is left to the client.
	 */
	ServiceBusMessage identify(Object payload, ServiceBusMessage message) {
		MessageIds ids = () -> this.options.messageIds().messageId(payload, message);
		return ids.identify(message);
	}

	/**
	 * What sends to a destination with the options of the template, in the transaction of
	 * the calling thread.
	 */
	Outlet outlet(String destination) {
		return outlet(destination, null, null);
	}

	/**
	 * What sends to a destination, in the transaction of the calling thread.
	 * @param retry {@code null} for the options of the template
	 * @param timeout {@code null} for that of {@code retry}
	 */
	Outlet outlet(String destination, @Nullable RetryOptions retry, @Nullable Duration timeout) {
		ServiceBusSender sender = plainSender(destination, retry, timeout);
		return new Outlet(this.options.observations().observe(sender), this.interceptors);
	}

	/**
	 * What sends to a destination past nobody, with the options of the template, in the
	 * transaction of the calling thread.
	 */
	ServiceBusSender sender(String destination) {
		return this.options.observations().observe(plainSender(destination, null, null));
	}

	private ServiceBusSender plainSender(String destination, @Nullable RetryOptions retry, @Nullable Duration timeout) {
		ServiceBusSender sender = this.client.sender(destination);
		RetryOptions retries = (retry != null) ? retry : this.options.retry();
		if (retries != null) {
			sender = sender.withRetryOptions(retries);
		}
		Duration limit = (timeout == null && retry == null) ? this.options.timeout() : timeout;
		if (limit != null) {
			sender = sender.withTimeout(limit);
		}
		ServiceBusTransaction transaction = CurrentTransaction.of(this.client);
		return (transaction != null) ? sender.inTransaction(transaction) : sender;
	}

	/**
	 * Sends payloads in batches. Fails at once if one of them cannot be converted.
	 */
	CompletableFuture<SendAllResult> sendAll(String destination, Collection<?> payloads) {
		BulkSend bulk = new BulkSend(plainSender(destination, null, null));
		List<ServiceBusMessage> messages = new ArrayList<>(payloads.size());
		payloads.forEach((payload) -> messages.add(message(payload, Map.of())));
		this.interceptors.beforeAll(destination, messages);
		SendObservation observation = this.options.observations().send(destination, messages);
		Iterator<ServiceBusMessage> traced = observation.messages().iterator();
		payloads.forEach((payload) -> bulk.add(payload, traced.next()));
		return bulk.send().whenComplete((result, failure) -> {
			observation.end((result != null) ? result.firstFailure() : failure);
			this.interceptors.afterAll(destination, messages,
					(i) -> (result != null) ? result.entries().get(i).failure() : failure);
		});
	}

	/**
	 * Where a payload goes when nobody says.
	 */
	String destinationOf(Object payload) {
		String destination = destinationByType(this.options.destinations(), payload);
		return (destination != null) ? destination : defaultDestination();
	}

	static @Nullable String destinationByType(PayloadDestinations destinations, @Nullable Object payload) {
		Object content = (payload instanceof Message<?> message) ? message.getPayload() : payload;
		return (content != null) ? destinations.destination(content.getClass()) : null;
	}

	private String defaultDestination() {
		String destination = this.options.defaultDestination();
		if (destination == null) {
			throw new IllegalStateException("There is no default destination, nor one for the type of the payload:"
					+ " name one in the call, or set it for the template (property servicebus.template.default-destination)");
		}
		return destination;
	}

}
