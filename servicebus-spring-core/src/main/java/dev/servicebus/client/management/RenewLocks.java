package dev.servicebus.client.management;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Renews the locks of messages; the result says until when each of them is locked now. If
 * one of the locks is lost, none is renewed.
 *
 * @param lockTokens the locks, at least one
 */
public record RenewLocks(List<UUID> lockTokens) implements ManagementRequest<List<Instant>> {

	public RenewLocks {
		lockTokens = Arguments.notEmpty("lockTokens", lockTokens);
	}

	@Override
	public String operation() {
		return "renew-lock";
	}

	@Override
	public Map<String, @Nullable Object> body() {
		return Map.of("lock-tokens", this.lockTokens.toArray(UUID[]::new));
	}

	@Override
	public List<Instant> result(ManagementResponse response) {
		return response.elements("expirations", Instant.class, this.lockTokens.size());
	}

}
