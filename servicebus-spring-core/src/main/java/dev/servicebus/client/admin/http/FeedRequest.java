package dev.servicebus.client.admin.http;

import java.util.Map;

import dev.servicebus.client.ErrorContext;
import org.jspecify.annotations.Nullable;

/**
 * A request to the management feed. Immutable.
 *
 * @param verb what is done
 * @param path what it is done to, relative to the namespace
 * @param query the query without the version, empty for none
 * @param body the entry that is sent, {@code null} for none
 * @param destinations the entities to which messages will be forwarded, by the header
 * that has to prove the right to do so
 */
record FeedRequest(Verb verb, String path, String query, @Nullable String body, Map<String, String> destinations) {

	static FeedRequest get(String path, String query) {
		return new FeedRequest(Verb.GET, path, query, null, Map.of());
	}

	static FeedRequest list(String path, String query) {
		return new FeedRequest(Verb.LIST, path, query, null, Map.of());
	}

	static FeedRequest delete(String path) {
		return new FeedRequest(Verb.DELETE, path, "", null, Map.of());
	}

	ErrorContext where() {
		return ErrorContext.of(this.verb.text(), this.path);
	}

}
