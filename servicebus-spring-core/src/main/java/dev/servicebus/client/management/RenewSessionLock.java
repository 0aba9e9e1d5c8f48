package dev.servicebus.client.management;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Renews the lock of a session; the result says until when it is locked now.
 *
 * @param sessionId the session
 */
public record RenewSessionLock(String sessionId) implements ManagementRequest<Instant> {

	public RenewSessionLock {
		Objects.requireNonNull(sessionId, "sessionId");
	}

	@Override
	public String operation() {
		return "renew-session-lock";
	}

	@Override
	public Map<String, @Nullable Object> body() {
		return Map.of("session-id", this.sessionId);
	}

	@Override
	public Instant result(ManagementResponse response) {
		return response.element("expiration", Instant.class);
	}

}
