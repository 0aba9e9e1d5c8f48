package dev.servicebus.listener.container;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageErrorException;
import dev.servicebus.client.Waiting;
import dev.servicebus.listener.Settlement;
import dev.servicebus.message.MessageSettler;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Lets a message that a listener handles be settled through itself: the same as through
 * the listener's {@link Settlement}, so that the container takes note.
 */
interface DeliverySettler extends MessageSettler {

	/** Longer than a client lets a settlement take. */
	Duration LONGEST_WAIT = Duration.ofMinutes(10);

	Settlement settlement();

	/**
	 * How long a blocking method waits.
	 */
	default Duration limit() {
		return LONGEST_WAIT;
	}

	@Override
	default MessageSettler withTimeout(Duration timeout) {
		return new WithTimeout(settlement(), timeout);
	}

	@Override
	default void complete(ServiceBusReceivedMessage message) {
		await(completeAsync(message));
	}

	@Override
	default CompletableFuture<Void> completeAsync(ServiceBusReceivedMessage message) {
		return hasLock(message) ? settlement().complete() : refused();
	}

	@Override
	default void abandon(ServiceBusReceivedMessage message, Map<String, Object> propertiesToModify) {
		await(abandonAsync(message, propertiesToModify));
	}

	@Override
	default CompletableFuture<Void> abandonAsync(ServiceBusReceivedMessage message,
			Map<String, Object> propertiesToModify) {
		return hasLock(message) ? settlement().abandon(propertiesToModify) : refused();
	}

	@Override
	default void defer(ServiceBusReceivedMessage message, Map<String, Object> propertiesToModify) {
		await(deferAsync(message, propertiesToModify));
	}

	@Override
	default CompletableFuture<Void> deferAsync(ServiceBusReceivedMessage message,
			Map<String, Object> propertiesToModify) {
		return hasLock(message) ? settlement().defer(propertiesToModify) : refused();
	}

	@Override
	default void deadLetter(ServiceBusReceivedMessage message, @Nullable String reason, @Nullable String description,
			Map<String, Object> propertiesToModify) {
		await(deadLetterAsync(message, reason, description, propertiesToModify));
	}

	@Override
	default CompletableFuture<Void> deadLetterAsync(ServiceBusReceivedMessage message, @Nullable String reason,
			@Nullable String description, Map<String, Object> propertiesToModify) {
		return hasLock(message) ? settlement().deadLetter((reason != null) ? reason : "",
				(description != null) ? description : "", propertiesToModify) : refused();
	}

	@Override
	default OffsetDateTime renewLock(ServiceBusReceivedMessage message) {
		throw renewalRefused();
	}

	@Override
	default CompletableFuture<OffsetDateTime> renewLockAsync(ServiceBusReceivedMessage message) {
		return CompletableFuture.failedFuture(renewalRefused());
	}

	private MessageErrorException renewalRefused() {
		return new MessageErrorException(ErrorContext.of("renew-lock", null)
			.withDescription("the listener's container renews the locks of its messages, see maxLockRenewal"));
	}

	private boolean hasLock(ServiceBusReceivedMessage message) {
		return message.lockToken() != null;
	}

	private CompletableFuture<Void> refused() {
		return CompletableFuture.failedFuture(new MessageErrorException(ErrorContext.of("settle", null)
			.withDescription("the message has no lock: it was received in mode RECEIVE_AND_DELETE")));
	}

	private void await(CompletableFuture<Void> settled) {
		Waiting.await(settled, ErrorContext.of("settle", null), limit());
	}

	/**
	 * The same with another time limit for those who wait.
	 *
	 * @param settlement settles the message
	 * @param limit how long a blocking method waits
	 */
	record WithTimeout(Settlement settlement, Duration limit) implements DeliverySettler {

	}

}
