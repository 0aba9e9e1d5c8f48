package dev.servicebus.client.management;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Stores the state of a session, or clears it.
 *
 * @param sessionId the session
 * @param state what to store, {@code null} for nothing; not copied
 */
public record SetSessionState(String sessionId, byte @Nullable [] state) implements ManagementRequest<Done> {

	public SetSessionState {
		Objects.requireNonNull(sessionId, "sessionId");
	}

	@Override
	public String operation() {
		return "set-session-state";
	}

	@Override
	public Map<String, @Nullable Object> body() {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("session-id", this.sessionId);
		body.put("session-state", this.state);
		return body;
	}

	@Override
	public Done result(ManagementResponse response) {
		return Done.DONE;
	}

}
