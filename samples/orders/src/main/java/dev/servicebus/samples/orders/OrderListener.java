package dev.servicebus.samples.orders;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.SentMessage;
import dev.servicebus.template.ServiceBusTemplate;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Handles orders and tells others about it.
 */
@Component
class OrderListener {

	private final ServiceBusTemplate template;

	private final OrderCounts counts;

	private final Executor slowWork;

	OrderListener(ServiceBusTemplate template, OrderCounts counts,
			@Value("${orders.slow-duration}") Duration slowDuration) {
		this.template = template;
		this.counts = counts;
		this.slowWork = CompletableFuture.delayedExecutor(slowDuration.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Handles one order. Its message is completed when the returned future is; until then
	 * the lock is renewed. When this method throws, it is called again up to three times
	 * in all, and then the message is dead-lettered with the exception as the reason.
	 */
	@ServiceBusListener(id = "orders", queue = "orders", concurrency = "8", retry = "exponential 200ms x2, attempts 3")
	CompletableFuture<Void> handle(Order order, ServiceBusReceivedMessage message) {
		OffsetDateTime lockedUntil = message.lockedUntil();
		return pack(order).thenCompose((packed) -> publish(new OrderEvent(order.id(), "HANDLED")))
			.thenRun(() -> this.counts.handled(order, !Objects.equals(lockedUntil, message.lockedUntil())));
	}

	/**
	 * An order may be handled twice, if the first completion gets lost. The event has the
	 * same id then, so that a queue with duplicate detection keeps one.
	 */
	private CompletableFuture<SentMessage> publish(OrderEvent event) {
		return this.template.to("order-events").body(event).messageId(event.orderId()).sendAsync();
	}

	private CompletableFuture<Void> pack(Order order) {
		return switch (order.kind()) {
			case STANDARD -> CompletableFuture.completedFuture(null);
			case SLOW -> CompletableFuture.runAsync(() -> {
			}, this.slowWork);
			case BROKEN -> {
				this.counts.failed();
				throw new IllegalStateException("Order " + order.id() + " cannot be packed");
			}
		};
	}

}
