package dev.servicebus.client.admin.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.servicebus.client.admin.MessagingEntityOperations;
import dev.servicebus.client.admin.atom.EntityReader;

/**
 * Entities of the management feed that hold messages. Thread-safe.
 *
 * @param <E> the entities
 * @param <R> what they hold
 */
final class FeedMessagingEntities<E, R> extends FeedEntities<E> implements MessagingEntityOperations<E, R> {

	/** Asks for what the entity holds too. */
	private static final String ENRICHED = "enrich=true";

	private final EntityReader<R> runtimeReader;

	FeedMessagingEntities(Calls calls, EntityKind<E> kind, Duration limit, EntityReader<R> runtimeReader) {
		super(calls, kind, limit);
		this.runtimeReader = runtimeReader;
	}

	@Override
	public R runtimeProperties(String name) {
		FeedRequest request = FeedRequest.get(path(name), ENRICHED);
		return calls().await(request, limit(), (response) -> read(request, response, this.runtimeReader));
	}

	@Override
	public CompletableFuture<R> runtimePropertiesAsync(String name) {
		FeedRequest request = FeedRequest.get(path(name), ENRICHED);
		return calls().async(request, limit(), (response) -> read(request, response, this.runtimeReader));
	}

	@Override
	public Stream<R> listRuntimeProperties() {
		return listing(ENRICHED, this.runtimeReader).stream();
	}

	@Override
	public CompletableFuture<List<R>> listRuntimePropertiesAsync() {
		return listing(ENRICHED, this.runtimeReader).all();
	}

}
