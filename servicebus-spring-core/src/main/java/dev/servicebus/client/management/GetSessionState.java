package dev.servicebus.client.management;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Reads the state of a session.
 *
 * @param sessionId the session
 */
public record GetSessionState(String sessionId) implements ManagementRequest<SessionState> {

	public GetSessionState {
		Objects.requireNonNull(sessionId, "sessionId");
	}

	@Override
	public String operation() {
		return "get-session-state";
	}

	@Override
	public Map<String, @Nullable Object> body() {
		return Map.of("session-id", this.sessionId);
	}

	@Override
	public SessionState result(ManagementResponse response) {
		return new SessionState(response.optionalElement("session-state", byte[].class));
	}

}
