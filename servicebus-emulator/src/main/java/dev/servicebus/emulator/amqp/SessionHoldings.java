package dev.servicebus.emulator.amqp;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.emulator.amqp.management.HeldSessions;
import dev.servicebus.emulator.entity.EntityAddress;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that one connection holds by its links. Requests about a session are only
 * good on the connection that holds it.
 */
final class SessionHoldings {

	private final Map<Key, AmqpLink> links = new HashMap<>();

	/**
	 * A link has got a session, which it holds for as long as it is open.
	 */
	void add(EntityAddress address, String sessionId, AmqpLink link) {
		this.links.values().removeIf((other) -> !other.isOpen());
		this.links.put(key(address, sessionId), link);
	}

	/**
	 * The sessions of one entity.
	 */
	HeldSessions of(EntityAddress address) {
		return new HeldSessions() {
			@Override
			public boolean holds(String sessionId) {
				AmqpLink link = SessionHoldings.this.links.get(key(address, sessionId));
				return link != null && link.isOpen();
			}

			@Override
			public @Nullable String byLink(String linkName) {
				return SessionHoldings.this.byLink(path(address), linkName);
			}
		};
	}

	private @Nullable String byLink(String path, String linkName) {
		return this.links.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().path().equals(path))
			.filter((entry) -> entry.getValue().isOpen() && entry.getValue().name().equals(linkName))
			.map((entry) -> entry.getKey().sessionId())
			.findAny()
			.orElse(null);
	}

	private static Key key(EntityAddress address, String sessionId) {
		return new Key(path(address), sessionId);
	}

	private static String path(EntityAddress address) {
		return address.path().toLowerCase(Locale.ROOT);
	}

	private record Key(String path, String sessionId) {

	}

}
