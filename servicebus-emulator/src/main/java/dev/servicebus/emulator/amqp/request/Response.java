package dev.servicebus.emulator.amqp.request;

import java.util.Map;

import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request. Immutable.
 *
 * @param status 200 to 299 for success, see the status codes of HTTP
 * @param description text for people
 * @param condition names the failure, {@code null} for a success
 * @param body what was asked for
 */
public record Response(int status, String description, @Nullable Symbol condition, @Nullable Object body) {

	private static final Map<String, Object> NOTHING = Map.of();

	/**
	 * A success without anything to return.
	 */
	public static Response ok() {
		return ok(NOTHING);
	}

	/**
	 * A success.
	 */
	public static Response ok(Map<String, ?> body) {
		return new Response(200, "OK", null, body);
	}

	/**
	 * A success of a request that is carried out by and by.
	 */
	public static Response accepted() {
		return new Response(202, "Accepted", null, null);
	}

	/**
	 * There is nothing of what was asked for.
	 */
	public static Response noContent() {
		return new Response(204, "No content", null, NOTHING);
	}

	/**
	 * The request has failed and nothing was done.
	 */
	public static Response failed(Failure failure, @Nullable String description) {
		return failed(failure, failure.status(), description);
	}

	/**
	 * The request has failed with a status that tells more than the condition.
	 */
	public static Response failed(Failure failure, int status, @Nullable String description) {
		return new Response(status, (description != null) ? description : failure.condition().toString(),
				failure.condition(), NOTHING);
	}

}
