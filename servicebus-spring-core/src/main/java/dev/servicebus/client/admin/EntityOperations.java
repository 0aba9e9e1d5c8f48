package dev.servicebus.client.admin;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Makes, reads, changes and deletes entities of one kind.
 *
 * <p>
 * Thread-safe. Each method ends within the time limit of the
 * {@linkplain AdministrationClient#withTimeout client}, all attempts included, and throws
 * a {@link dev.servicebus.client.ServiceBusException} if it fails; the twin completes
 * with it. Cancelling what a twin returned cancels the request. When the answer to a
 * change is lost and a repetition cannot tell what became of it, it fails with
 * {@link dev.servicebus.client.UnknownOutcomeException}.
 *
 * @param <E> the entities
 */
public interface EntityOperations<E> {

	/**
	 * Makes an entity.
	 * @return the entity as the broker has it, with the values that it decided about
	 * @throws dev.servicebus.client.MessagingEntityAlreadyExistsException if there is one
	 * of this name
	 */
	E create(E entity);

	CompletableFuture<E> createAsync(E entity);

	/**
	 * Reads an entity.
	 * @throws dev.servicebus.client.MessagingEntityNotFoundException if there is none of
	 * this name
	 */
	E get(String name);

	CompletableFuture<E> getAsync(String name);

	/**
	 * Changes an entity to be as given, whatever it was before. What the broker knows
	 * about it beyond our properties stays if the value was read before it was changed:
	 * {@code update(get(name).mutate()...build())}.
	 * @return the entity as the broker has it
	 * @throws dev.servicebus.client.MessagingEntityNotFoundException if there is none of
	 * this name
	 */
	E update(E entity);

	CompletableFuture<E> updateAsync(E entity);

	/**
	 * Deletes an entity with all that is in it.
	 * @throws dev.servicebus.client.MessagingEntityNotFoundException if there is none of
	 * this name
	 */
	void delete(String name);

	CompletableFuture<Void> deleteAsync(String name);

	/**
	 * Returns whether there is an entity of this name.
	 */
	boolean exists(String name);

	CompletableFuture<Boolean> existsAsync(String name);

	/**
	 * All entities. They are fetched in pages as the stream is read, each page within the
	 * time limit; a change at the same time may show in a part of them only.
	 */
	Stream<E> list();

	/**
	 * All entities at once, all pages within the time limit.
	 */
	CompletableFuture<List<E>> listAsync();

}
