package dev.servicebus.listener;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Settles the messages of a batch, each as {@link Settlement} says. The methods of this
 * class settle all messages that are not settled yet; their futures complete when the
 * broker has confirmed all of them, and fail with the first failure. Thread-safe.
 */
public final class BatchSettlement implements Settlement {

	private final List<Settlement> messages;

	BatchSettlement(List<Settlement> messages) {
		this.messages = messages;
	}

	/**
	 * The settlement of one message.
	 * @param index its place in the batch, from 0
	 */
	public Settlement get(int index) {
		return this.messages.get(index);
	}

	/**
	 * How many messages the batch has.
	 */
	public int size() {
		return this.messages.size();
	}

	@Override
	public CompletableFuture<Void> complete() {
		return rest(Settlement::complete);
	}

	@Override
	public CompletableFuture<Void> abandon(Map<String, Object> propertiesToModify) {
		return rest((message) -> message.abandon(propertiesToModify));
	}

	@Override
	public CompletableFuture<Void> deadLetter(String reason, String description,
			Map<String, Object> propertiesToModify) {
		return rest((message) -> message.deadLetter(reason, description, propertiesToModify));
	}

	@Override
	public CompletableFuture<Void> defer(Map<String, Object> propertiesToModify) {
		return rest((message) -> message.defer(propertiesToModify));
	}

	/**
	 * Returns whether all messages are settled, or cannot be settled any more.
	 */
	@Override
	public boolean isSettled() {
		return this.messages.stream().allMatch(Settlement::isSettled);
	}

	private CompletableFuture<Void> rest(Function<Settlement, CompletableFuture<Void>> settle) {
		return CompletableFuture.allOf(this.messages.stream()
			.filter((message) -> !message.isSettled())
			.map(settle)
			.toArray(CompletableFuture[]::new));
	}

}
