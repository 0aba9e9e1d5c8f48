package dev.servicebus.client.management;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.client.error.VendorCondition;
import org.jspecify.annotations.Nullable;

/**
 * Lists the sessions of a queue or subscription that have messages or a state.
 *
 * @param skip how many sessions to leave out, not negative
 * @param top the most sessions to return, at least 1
 */
public record ListSessions(int skip, int top) implements ManagementRequest<List<String>> {

	/**
	 * Otherwise those are meant whose state has changed since: the end of time asks for
	 * those that are in use.
	 */
	private static final Instant IN_USE = Instant.parse("9999-12-31T23:59:59.999Z");

	public ListSessions {
		Arguments.page(skip, top);
	}

	@Override
	public String operation() {
		return "get-message-sessions";
	}

	@Override
	public Map<String, @Nullable Object> body() {
		return Map.of("last-updated-time", IN_USE, "skip", this.skip, "top", this.top);
	}

	/**
	 * That there is none may also be told as a failure.
	 */
	@Override
	public List<String> decode(EncodedMessage answer, String entityPath) {
		ManagementResponse response = ManagementResponse.of(answer, operation(), entityPath);
		return VendorCondition.SESSION_NOT_FOUND.equals(response.condition()) ? List.of()
				: ManagementRequest.super.decode(answer, entityPath);
	}

	@Override
	public List<String> result(ManagementResponse response) {
		// The key has its two plurals on the wire.
		return response.isEmpty() ? List.of() : response.elements("sessions-ids", String.class);
	}

}
