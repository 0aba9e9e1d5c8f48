package dev.servicebus.listener.container;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * The way of messages that belong together to the dispatcher, and of their settlements to
 * the broker. A queue is one lane, each session another. Thread-safe; no method blocks.
 */
interface Lane {

	/**
	 * A message is to be handled as soon as the lane allows it.
	 */
	void enter(Delivery delivery);

	/**
	 * The handling of a message that has entered is over, for now or for good.
	 */
	default void leave(Delivery delivery) {
	}

	/**
	 * Nothing happens to a message any more: what became of it is confirmed, or its lock
	 * is lost.
	 */
	default void forget(Delivery delivery) {
	}

	/**
	 * The session of a message, {@code null} if the lane is none.
	 */
	default @Nullable DeliverySession session(Delivery delivery) {
		return null;
	}

	/**
	 * Gives back what the lane is of, once its messages are settled, for a while.
	 */
	default void park(Duration delay) {
	}

	/**
	 * A message goes back to the broker because its listener, or what has become of it,
	 * says so.
	 */
	default void returned() {
	}

	/**
	 * A message waits for its next attempt and lends its place to another.
	 */
	void lend();

	/**
	 * The wait is over.
	 */
	void takeBack();

	/**
	 * Until when the lock of a message holds, on the broker's clock.
	 */
	OffsetDateTime lockedUntil(ServiceBusReceivedMessage message);

	/**
	 * Renews the lock of a message.
	 */
	CompletableFuture<OffsetDateTime> renewLock(ServiceBusReceivedMessage message);

	CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition);

	/**
	 * Settles a message.
	 * @param end hears how that has ended, {@code null} if it is confirmed; possibly on
	 * the connection's event loop
	 */
	default void settle(ServiceBusReceivedMessage message, Disposition disposition, Consumer<@Nullable Throwable> end) {
		settle(message, disposition).whenComplete((nothing, failure) -> end.accept(failure));
	}

	CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition,
			ServiceBusTransaction transaction);

	/**
	 * The queue to which a copy of a message can be sent so that it comes by this lane
	 * again, {@code null} if there is none.
	 */
	default @Nullable String queue() {
		return null;
	}

}
