package dev.servicebus.client.management;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.client.Disposition;
import dev.servicebus.message.ApplicationProperties;
import org.jspecify.annotations.Nullable;

/**
 * Settles messages without the link that brought them: deferred ones, and those whose
 * link is gone.
 *
 * @param lockTokens the locks of the messages, at least one
 * @param disposition what becomes of them
 * @param sessionId the session that they belong to, {@code null} if it is none
 */
public record UpdateDisposition(List<UUID> lockTokens, Disposition disposition,
		@Nullable String sessionId) implements ManagementRequest<Done> {

	/**
	 * Settles messages that belong to no session.
	 */
	public UpdateDisposition(List<UUID> lockTokens, Disposition disposition) {
		this(lockTokens, disposition, null);
	}

	public UpdateDisposition {
		lockTokens = Arguments.notEmpty("lockTokens", lockTokens);
	}

	@Override
	public String operation() {
		return "update-disposition";
	}

	@Override
	public Map<String, @Nullable Object> body() {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("lock-tokens", this.lockTokens.toArray(UUID[]::new));
		putIfPresent(body, "session-id", this.sessionId);
		if (this.disposition instanceof Disposition.Complete) {
			put(body, "completed", Map.of());
		}
		else if (this.disposition instanceof Disposition.Abandon abandon) {
			put(body, "abandoned", abandon.propertiesToModify());
		}
		else if (this.disposition instanceof Disposition.Defer defer) {
			// The protocol spells it with one r.
			put(body, "defered", defer.propertiesToModify());
		}
		else if (this.disposition instanceof Disposition.DeadLetter deadLetter) {
			put(body, "suspended", deadLetter.propertiesToModify());
			putIfPresent(body, "deadletter-reason", deadLetter.reason());
			putIfPresent(body, "deadletter-description", deadLetter.description());
		}
		else if (this.disposition instanceof Disposition.Release) {
			put(body, "released", Map.of());
		}
		return body;
	}

	@Override
	public Done result(ManagementResponse response) {
		return Done.DONE;
	}

	private static void put(Map<String, @Nullable Object> body, String status, Map<String, Object> properties) {
		body.put("disposition-status", status);
		if (!properties.isEmpty()) {
			body.put("properties-to-modify", ApplicationProperties.toAmqp(properties));
		}
	}

	private static void putIfPresent(Map<String, @Nullable Object> body, String key, @Nullable String value) {
		if (value != null) {
			body.put(key, value);
		}
	}

}
