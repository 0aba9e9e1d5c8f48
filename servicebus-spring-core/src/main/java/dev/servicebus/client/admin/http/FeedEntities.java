package dev.servicebus.client.admin.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.admin.EntityOperations;
import dev.servicebus.client.admin.atom.Change;
import dev.servicebus.client.admin.atom.EntityReader;
import dev.servicebus.client.admin.atom.Feed;
import dev.servicebus.client.admin.atom.OtherKindException;

/**
 * Entities of one kind in the management feed. Thread-safe.
 *
 * @param <E> the entities
 */
class FeedEntities<E> implements EntityOperations<E> {

	/** Asks for properties without what the entity holds, which takes longer. */
	private static final String PLAIN = "enrich=false";

	private final Calls calls;

	private final EntityKind<E> kind;

	private final Duration limit;

	FeedEntities(Calls calls, EntityKind<E> kind, Duration limit) {
		this.calls = calls;
		this.kind = kind;
		this.limit = limit;
	}

	@Override
	public E create(E entity) {
		return await(change(Verb.CREATE, Change.CREATE, entity));
	}

	@Override
	public CompletableFuture<E> createAsync(E entity) {
		return async(change(Verb.CREATE, Change.CREATE, entity));
	}

	@Override
	public E get(String name) {
		return await(FeedRequest.get(this.kind.path(name), PLAIN));
	}

	@Override
	public CompletableFuture<E> getAsync(String name) {
		return async(FeedRequest.get(this.kind.path(name), PLAIN));
	}

	@Override
	public E update(E entity) {
		return await(change(Verb.UPDATE, Change.UPDATE, entity));
	}

	@Override
	public CompletableFuture<E> updateAsync(E entity) {
		return async(change(Verb.UPDATE, Change.UPDATE, entity));
	}

	@Override
	public void delete(String name) {
		this.calls.await(FeedRequest.delete(this.kind.path(name)), this.limit, FeedResponse::status);
	}

	@Override
	public CompletableFuture<Void> deleteAsync(String name) {
		return this.calls.async(FeedRequest.delete(this.kind.path(name)), this.limit, (response) -> nothing());
	}

	@Override
	public boolean exists(String name) {
		try {
			get(name);
			return true;
		}
		catch (MessagingEntityNotFoundException ex) {
			return false;
		}
	}

	@Override
	public CompletableFuture<Boolean> existsAsync(String name) {
		CompletableFuture<E> entity = getAsync(name);
		CompletableFuture<Boolean> exists = new CompletableFuture<>();
		entity.whenComplete((value, failure) -> {
			if (failure == null || failure instanceof MessagingEntityNotFoundException) {
				exists.complete(failure == null);
			}
			else {
				exists.completeExceptionally(failure);
			}
		});
		exists.whenComplete((value, failure) -> entity.cancel(true));
		return exists;
	}

	@Override
	public Stream<E> list() {
		return listing(PLAIN, this.kind.format()).stream();
	}

	@Override
	public CompletableFuture<List<E>> listAsync() {
		return listing(PLAIN, this.kind.format()).all();
	}

	final Calls calls() {
		return this.calls;
	}

	final Duration limit() {
		return this.limit;
	}

	final String path(String name) {
		return this.kind.path(name);
	}

	final <T> Listing<T> listing(String query, EntityReader<T> reader) {
		return new Listing<>(this.calls, this.kind.listPath(), query + '&', reader, this.limit);
	}

	/**
	 * Reads the one entity of an answer. For a missing one the service lists nothing, and
	 * one of another kind may have its name.
	 */
	static <T> T read(FeedRequest request, FeedResponse response, EntityReader<T> reader) {
		Feed feed = Feed.parse(response.body());
		if (feed.entries().isEmpty()) {
			throw new MessagingEntityNotFoundException(
					request.where().withDescription("the messaging entity could not be found"));
		}
		try {
			return reader.read(feed.entries().get(0));
		}
		catch (OtherKindException ex) {
			throw new MessagingEntityNotFoundException(
					request.where().withDescription("the entity of this name is of another kind: " + ex.getMessage()),
					ex);
		}
	}

	private FeedRequest change(Verb verb, Change change, E entity) {
		String body = this.kind.format().write(entity, change, this.calls.address().namespace());
		return new FeedRequest(verb, this.kind.path(this.kind.name().apply(entity)), "", body,
				this.kind.destinations().apply(entity));
	}

	private E await(FeedRequest request) {
		return this.calls.await(request, this.limit, (response) -> read(request, response, this.kind.format()));
	}

	private CompletableFuture<E> async(FeedRequest request) {
		return this.calls.async(request, this.limit, (response) -> read(request, response, this.kind.format()));
	}

	@SuppressWarnings("NullAway") // The checker does not know that null is what Void has.
	private static Void nothing() {
		return null;
	}

}
