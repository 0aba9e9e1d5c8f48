package dev.servicebus.client.management;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Renews the lock of a session; the result says until when it is locked now.
 *
 * @param sessionId the session
 */
public record RenewSessionLock(String sessionId) implements ManagementRequest<OffsetDateTime> {

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
	public OffsetDateTime result(ManagementResponse response) {
		return response.element("expiration", Instant.class).atOffset(ZoneOffset.UTC);
	}

}
