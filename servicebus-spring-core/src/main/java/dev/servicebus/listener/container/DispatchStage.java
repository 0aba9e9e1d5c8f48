package dev.servicebus.listener.container;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.BatchOptions;
import dev.servicebus.listener.DelayScheduler;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.observation.ServiceBusObservations;

/**
 * The way of a message to a worker: alone, or in a batch.
 *
 * @param dispatcher decides when there is a worker
 * @param entry takes messages that are of no session
 * @param flush lets these wait for no others
 * @param gates makes the way in for those of a session
 */
record DispatchStage(Dispatcher<?> dispatcher, Consumer<Delivery> entry, Runnable flush, Supplier<Gate> gates) {

	/**
	 * Makes the stage that a listener needs.
	 * @param results hears how the messages ended
	 * @param again takes messages that a listener has not begun with
	 * @param workers makes dispatchers
	 */
	static DispatchStage of(Parts parts, ResultStage results, Consumer<Delivery> again, Workers workers) {
		int callsPerSession = parts.definition().options().sessions().maxConcurrentCalls();
		if (parts.definition().listener() instanceof BatchMessageListener batchListener) {
			Dispatcher<List<Delivery>> dispatcher = workers
				.dispatcher(new BatchStage(batches(parts, batchListener), new Interceptors(parts), results, again));
			BatchOptions options = parts.definition().options().batch();
			DelayScheduler scheduler = parts.services().scheduler();
			BatchCollector collector = new BatchCollector(options, scheduler, dispatcher::dispatch);
			return new DispatchStage(dispatcher, collector::add, collector::flush,
					() -> new BatchGate(options, callsPerSession, scheduler, dispatcher::dispatch));
		}
		Dispatcher<Delivery> dispatcher = workers
			.dispatcher(new InvocationStage(single(parts), new Interceptors(parts), results));
		return new DispatchStage(dispatcher, dispatcher::dispatch, () -> {
		}, () -> new CallGate(callsPerSession, dispatcher::dispatch));
	}

	private static MessageListener single(Parts parts) {
		MessageListener listener = parts.definition().listener();
		MessageListener whole = parts.definition().options().transactional()
				? new TransactionalListener(listener, transactions(parts)) : listener;
		ServiceBusObservations observations = parts.services().observations();
		return observations.isNoop() ? whole : new ObservedListener(whole, parts.definition(), observations);
	}

	private static BatchMessageListener batches(Parts parts, BatchMessageListener listener) {
		BatchMessageListener whole = parts.definition().options().transactional()
				? new TransactionalBatchListener(listener, transactions(parts)) : listener;
		ServiceBusObservations observations = parts.services().observations();
		return observations.isNoop() ? whole : new ObservedBatchListener(whole, parts.definition(), observations);
	}

	private static TransactionalCall transactions(Parts parts) {
		return new TransactionalCall(parts.services().client(), parts.settler());
	}

	/**
	 * Makes dispatchers.
	 */
	@FunctionalInterface
	interface Workers {

		<T> Dispatcher<T> dispatcher(Dispatcher.Handler<T> handler);

	}

}
