package dev.servicebus.listener.container;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.Outcome;

/**
 * Calls the listener with a batch and learns what became of each message.
 */
final class BatchStage implements Dispatcher.Handler<List<Delivery>> {

	private final BatchMessageListener listener;

	private final Interceptors interceptors;

	private final ResultStage results;

	private final Consumer<Delivery> again;

	/**
	 * Makes a stage.
	 * @param again takes messages that the listener has not begun with
	 */
	BatchStage(BatchMessageListener listener, Interceptors interceptors, ResultStage results,
			Consumer<Delivery> again) {
		this.listener = listener;
		this.interceptors = interceptors;
		this.results = results;
		this.again = again;
	}

	@Override
	public @Nullable CompletionStage<?> handle(List<Delivery> deliveries) {
		DeliveryBatch batch = new DeliveryBatch(begin(deliveries));
		if (batch.items().isEmpty()) {
			return null;
		}
		batch.shareSession();
		Throwable error = call(batch);
		CompletionStage<?> result = batch.result();
		if (error == null && result != null) {
			return ListenerCall.follow(result, (failure) -> end(batch, failure));
		}
		end(batch, error);
		return null;
	}

	private List<DeliveryBatch.Item> begin(List<Delivery> deliveries) {
		List<DeliveryBatch.Item> begun = new ArrayList<>(deliveries.size());
		for (Delivery delivery : deliveries) {
			if (delivery.begin()) {
				Interceptors.Call intercepted = this.interceptors.begin(delivery);
				if (intercepted == null || before(delivery, intercepted)) {
					begun.add(new DeliveryBatch.Item(delivery, intercepted));
				}
			}
			else {
				delivery.lane().leave(delivery);
			}
		}
		return begun;
	}

	/**
	 * Asks the interceptors of a message. If the listener is not to have it, that is its
	 * end.
	 */
	private boolean before(Delivery delivery, Interceptors.Call intercepted) {
		Throwable error = ListenerCall.errorOf(intercepted::before);
		Outcome skipped = intercepted.skipped();
		if (error == null && skipped == null) {
			return true;
		}
		intercepted.after(error);
		finish(delivery, () -> {
			if (error != null) {
				this.results.failed(delivery, error);
			}
			else if (skipped != null) {
				this.results.skipped(delivery, skipped);
			}
		});
		return false;
	}

	private @Nullable Throwable call(DeliveryBatch batch) {
		batch.handler(Thread.currentThread());
		try {
			return ListenerCall.errorOf(() -> this.listener.onBatch(batch.received(), batch));
		}
		finally {
			batch.handler(null);
		}
	}

	private void end(DeliveryBatch batch, @Nullable Throwable failure) {
		BatchEnd end = BatchEnd.of(batch, (failure != null) ? AsyncFailures.unwrap(failure) : null);
		DeliverySession unsaved = unsaved(end);
		if (unsaved == null) {
			finish(end);
		}
		else {
			unsaved.save()
				.whenComplete((saved, notSaved) -> finish((notSaved != null)
						? end.notSaved(new StateNotSavedException(AsyncFailures.unwrap(notSaved))) : end));
		}
	}

	/**
	 * The session if the listener has changed its state and done a message with that.
	 */
	private @Nullable DeliverySession unsaved(BatchEnd end) {
		List<DeliveryBatch.Item> items = end.batch().items();
		for (int index = 0; index < items.size(); index++) {
			Delivery delivery = items.get(index).delivery();
			DeliverySession unsaved = delivery.unsavedSession();
			if (unsaved != null && end.isDone(index) && this.results.settles(delivery)) {
				return unsaved;
			}
		}
		return null;
	}

	private void finish(BatchEnd end) {
		List<DeliveryBatch.Item> items = end.batch().items();
		for (int index = 0; index < items.size(); index++) {
			DeliveryBatch.Item item = items.get(index);
			int place = index;
			item.after(end.error(place));
			finish(item.delivery(), () -> end(item.delivery(), end, place));
		}
	}

	/** One message that cannot be finished does not hinder the others. */
	private void finish(Delivery delivery, Runnable end) {
		try {
			end.run();
		}
		catch (Throwable ex) {
			this.results.broken(delivery, ex);
		}
		finally {
			delivery.lane().leave(delivery);
		}
	}

	private void end(Delivery delivery, BatchEnd end, int index) {
		Throwable error = end.error(index);
		if (error != null) {
			this.results.failed(delivery, error);
		}
		else if (!end.isDone(index) && delivery.putBack()) {
			this.again.accept(delivery);
		}
		else {
			this.results.succeeded(delivery);
		}
	}

}
