package dev.servicebus.client.admin;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * {@linkplain EntityOperations Operations} on entities that hold messages: they can be
 * asked for what they hold.
 *
 * @param <E> the entities
 * @param <R> what they hold
 */
public interface MessagingEntityOperations<E, R> extends EntityOperations<E> {

	/**
	 * Reads what an entity holds at the moment.
	 * @throws dev.servicebus.client.MessagingEntityNotFoundException if there is none of
	 * this name
	 */
	R runtimeProperties(String name);

	CompletableFuture<R> runtimePropertiesAsync(String name);

	/**
	 * What each entity holds at the moment; fetched in pages as the stream is read.
	 */
	Stream<R> listRuntimeProperties();

	CompletableFuture<List<R>> listRuntimePropertiesAsync();

}
