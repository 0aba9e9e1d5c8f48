package dev.servicebus.emulator.entity;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What an address on the wire points at. Immutable.
 *
 * <p>
 * Clients write the same node in many ways: as a path with or without leading slash, as a
 * URI with scheme and authority, percent-encoded, in any case. The names of entities may
 * contain slashes, so an address is read from its right end.
 *
 * @param entity the path of the entity as written, without sub-queue and management node;
 * empty for the namespace itself
 * @param subQueue the part of the entity
 * @param management whether the address is that of the management node
 */
public record EntityAddress(String entity, SubQueue subQueue, boolean management) {

	private static final Set<String> SCHEMES = Set.of("amqp", "amqps", "sb", "http", "https");

	private static final String MANAGEMENT = "/$management";

	private static final String SUBSCRIPTIONS = "/subscriptions/";

	/**
	 * Reads an address. Any text is an address; whether its entity exists is another
	 * question.
	 */
	public static EntityAddress parse(String address) {
		String rest = "/" + trimSlashes(decode(withoutAuthority(address)));
		boolean management = endsWith(rest, MANAGEMENT);
		if (management) {
			rest = withoutEnd(rest, MANAGEMENT);
		}
		SubQueue subQueue = SubQueue.NONE;
		if (endsWith(rest, SubQueue.TRANSFER_DEAD_LETTER.pathSuffix())) {
			subQueue = SubQueue.TRANSFER_DEAD_LETTER;
		}
		else if (endsWith(rest, SubQueue.DEAD_LETTER.pathSuffix())) {
			subQueue = SubQueue.DEAD_LETTER;
		}
		return new EntityAddress(trimSlashes(withoutEnd(rest, subQueue.pathSuffix())), subQueue, management);
	}

	/**
	 * The queue or topic: the entity without its subscription.
	 */
	public String queueOrTopic() {
		int index = subscriptionsIndex();
		return (index < 0) ? this.entity : this.entity.substring(0, index);
	}

	/**
	 * The subscription of the topic, {@code null} if the address names none.
	 */
	public @Nullable String subscription() {
		int index = subscriptionsIndex();
		return (index < 0) ? null : this.entity.substring(index + SUBSCRIPTIONS.length());
	}

	/**
	 * The entity with its sub-queue, for example {@code orders/$DeadLetterQueue}.
	 */
	public String path() {
		return this.entity + this.subQueue.pathSuffix();
	}

	private int subscriptionsIndex() {
		return EntityName.key(this.entity).lastIndexOf(SUBSCRIPTIONS);
	}

	private static String withoutAuthority(String address) {
		int scheme = address.indexOf("://");
		if (scheme < 0 || !SCHEMES.contains(EntityName.key(address.substring(0, scheme)))) {
			return address;
		}
		int path = address.indexOf('/', scheme + 3);
		return (path < 0) ? "" : address.substring(path);
	}

	private static String decode(String path) {
		if (path.indexOf('%') < 0) {
			return path;
		}
		byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
		ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
		for (int i = 0; i < bytes.length; i++) {
			int escaped = (bytes[i] == '%' && i + 2 < bytes.length) ? hexByte(bytes[i + 1], bytes[i + 2]) : -1;
			decoded.write((escaped < 0) ? bytes[i] : escaped);
			i += (escaped < 0) ? 0 : 2;
		}
		return decoded.toString(StandardCharsets.UTF_8);
	}

	private static int hexByte(byte high, byte low) {
		int highDigit = Character.digit(high, 16);
		int lowDigit = Character.digit(low, 16);
		return (highDigit < 0 || lowDigit < 0) ? -1 : highDigit * 16 + lowDigit;
	}

	private static String trimSlashes(String path) {
		int start = 0;
		int end = path.length();
		while (start < end && path.charAt(start) == '/') {
			start++;
		}
		while (end > start && path.charAt(end - 1) == '/') {
			end--;
		}
		return path.substring(start, end);
	}

	private static boolean endsWith(String path, String suffix) {
		return path.regionMatches(true, path.length() - suffix.length(), suffix, 0, suffix.length());
	}

	private static String withoutEnd(String path, String suffix) {
		return path.substring(0, path.length() - suffix.length());
	}

}
