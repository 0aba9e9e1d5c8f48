package dev.servicebus.listener.container;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Messages that are handed to the listener together, once.
 */
final class DeliveryBatch implements BatchContext {

	private final List<Item> items;

	private final AtomicReferenceArray<@Nullable Throwable> errors;

	private volatile @Nullable CompletionStage<?> result;

	private volatile boolean undone;

	DeliveryBatch(List<Item> items) {
		this.items = items;
		this.errors = new AtomicReferenceArray<>(items.size());
	}

	List<Item> items() {
		return this.items;
	}

	List<ServiceBusReceivedMessage> received() {
		return this.items.stream().map(Item::message).toList();
	}

	/**
	 * Lets all messages have the same view of their session, if they are of one.
	 */
	void shareSession() {
		Delivery first = this.items.get(0).delivery();
		DeliverySession session = first.lane().session(first);
		if (session != null) {
			this.items.forEach((item) -> item.delivery().session(session));
		}
	}

	void observedBy(Observation observation) {
		this.items.forEach((item) -> item.delivery().observedBy(observation));
	}

	/**
	 * Says who is busy with the messages at present.
	 */
	void handler(@Nullable Thread thread) {
		this.items.forEach((item) -> item.delivery().handler(thread));
	}

	List<Delivery> deliveries() {
		return this.items.stream().map(Item::delivery).toList();
	}

	/**
	 * The messages about which the listener has said nothing bad.
	 */
	List<Delivery> notFailed() {
		return IntStream.range(0, this.items.size())
			.filter((index) -> error(index) == null)
			.mapToObj((index) -> this.items.get(index).delivery())
			.toList();
	}

	/**
	 * Nothing that the listener has done counts.
	 */
	void undo() {
		this.undone = true;
	}

	boolean isUndone() {
		return this.undone;
	}

	/**
	 * What the listener has said about one message, {@code null} if it did not fail.
	 */
	@Nullable Throwable error(int index) {
		return this.errors.get(index);
	}

	/**
	 * What the listener has said first in the order of the batch, {@code null} if no
	 * message has failed for itself.
	 */
	@Nullable Throwable firstError() {
		return IntStream.range(0, this.items.size())
			.mapToObj(this::error)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/**
	 * What the listener has named as the end of its work, {@code null} for its return.
	 */
	@Nullable CompletionStage<?> result() {
		return this.result;
	}

	@Override
	public List<ListenerContext> messages() {
		return this.items.stream().<ListenerContext>map(Item::delivery).toList();
	}

	@Override
	public void fail(int index, Throwable error) {
		this.errors.set(index, error);
	}

	@Override
	public void settleAfter(CompletionStage<?> newResult) {
		this.result = newResult;
	}

	/**
	 * A message of the batch.
	 *
	 * @param delivery the message
	 * @param intercepted its interceptors, {@code null} if there are none
	 */
	record Item(Delivery delivery, Interceptors.@Nullable Call intercepted) {

		/**
		 * What the listener gets.
		 */
		ServiceBusReceivedMessage message() {
			return (this.intercepted != null) ? this.intercepted.message() : this.delivery.message();
		}

		/**
		 * Tells the interceptors how the message has ended.
		 */
		void after(@Nullable Throwable error) {
			if (this.intercepted != null) {
				this.intercepted.after(error);
			}
		}

	}

}
