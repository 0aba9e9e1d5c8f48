package dev.servicebus.emulator.amqp;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.emulator.entity.EntityAddress;

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

	boolean holds(EntityAddress address, String sessionId) {
		AmqpLink link = this.links.get(key(address, sessionId));
		return link != null && link.isOpen();
	}

	private static Key key(EntityAddress address, String sessionId) {
		return new Key(address.path().toLowerCase(Locale.ROOT), sessionId);
	}

	private record Key(String path, String sessionId) {

	}

}
