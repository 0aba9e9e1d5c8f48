package dev.servicebus.amqp.transport.http;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A complete request. {@link #toString()} shows neither headers, query nor body, which
 * may hold secrets.
 *
 * @param method the method in capitals
 * @param path the decoded path, beginning with a slash
 * @param query the decoded parameters; of a repeated one the first
 * @param headers the headers by name in any case; repeated ones joined by a comma
 * @param body the body, empty if there is none; not copied
 */
public record HttpRequest(String method, String path, Map<String, String> query, Map<String, String> headers,
		byte[] body) {

	public HttpRequest {
		query = Map.copyOf(query);
		Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		byName.putAll(headers);
		headers = Collections.unmodifiableMap(byName);
	}

	/**
	 * Returns a header by its name in any case.
	 */
	public @Nullable String header(String name) {
		return this.headers.get(name);
	}

	/**
	 * Returns the body read as UTF-8.
	 */
	public String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

}
