package dev.servicebus.template;

import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.message.ServiceBusMessage;

/**
 * Sends to one destination, past the interceptors. Thread-safe.
 */
final class Outlet {

	private final ServiceBusSender sender;

	private final InterceptorChain interceptors;

	Outlet(ServiceBusSender sender, InterceptorChain interceptors) {
		this.sender = sender;
		this.interceptors = interceptors;
	}

	String destination() {
		return this.sender.entityPath();
	}

	SentMessage send(ServiceBusMessage message) {
		ServiceBusMessage ready = intercept(message);
		this.<@Nullable Object>call(ready, () -> {
			this.sender.send(ready);
			return null;
		});
		return sent(ready);
	}

	CompletableFuture<SentMessage> sendAsync(ServiceBusMessage message) {
		return sendIntercepted(intercept(message));
	}

	ScheduledMessage schedule(ServiceBusMessage message, OffsetDateTime enqueueTime) {
		ServiceBusMessage ready = intercept(message);
		return scheduled(call(ready, () -> this.sender.schedule(ready, enqueueTime)));
	}

	CompletableFuture<ScheduledMessage> scheduleAsync(ServiceBusMessage message, OffsetDateTime enqueueTime) {
		ServiceBusMessage ready = intercept(message);
		return callAsync(ready, () -> this.sender.scheduleAsync(ready, enqueueTime)).thenApply(this::scheduled);
	}

	/**
	 * The first half of {@link #sendAsync}, for who has to know what is sent: it is
	 * followed by {@link #sendIntercepted} or {@link #failed}.
	 */
	ServiceBusMessage intercept(ServiceBusMessage message) {
		return this.interceptors.before(destination(), message);
	}

	CompletableFuture<SentMessage> sendIntercepted(ServiceBusMessage ready) {
		return callAsync(ready, () -> this.sender.sendAsync(ready)).thenApply((done) -> sent(ready));
	}

	RuntimeException failed(ServiceBusMessage ready, RuntimeException failure) {
		this.interceptors.after(destination(), ready, failure);
		return failure;
	}

	private <T extends @Nullable Object> T call(ServiceBusMessage ready, Supplier<T> sending) {
		T result;
		try {
			result = sending.get();
		}
		catch (RuntimeException ex) {
			throw failed(ready, ex);
		}
		this.interceptors.after(destination(), ready, null);
		return result;
	}

	private <T> CompletableFuture<T> callAsync(ServiceBusMessage ready, Supplier<CompletableFuture<T>> sending) {
		CompletableFuture<T> result;
		try {
			result = sending.get();
		}
		catch (RuntimeException ex) {
			throw failed(ready, ex);
		}
		return this.interceptors.isEmpty() ? result
				: result.whenComplete((done, failure) -> this.interceptors.after(destination(), ready, failure));
	}

	private SentMessage sent(ServiceBusMessage message) {
		return new SentMessage(destination(), message.messageId());
	}

	private ScheduledMessage scheduled(long sequenceNumber) {
		return new ScheduledMessage(destination(), sequenceNumber);
	}

}
