package dev.servicebus.client.twin;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.servicebus.amqp.type.Composite;
import dev.servicebus.amqp.type.DescribedValue;

/**
 * What a client has said: for each place, for example
 * {@code attach receiver.source.address}, the values that it has put there, each with its
 * AMQP type. What is different in every run has a type only.
 */
final class Facts {

	/** Fields that only number things. */
	private static final Set<String> NUMBERING = Set.of("handle", "delivery-id", "first", "last", "next-incoming-id",
			"next-outgoing-id", "remote-channel", "delivery-count");

	/** Fields whose values are drawn, counted or measured. */
	private static final Set<String> ARBITRARY = Set.of("container-id", "delivery-tag", "txn-id",
			"associated-link-name", "link-credit", "incoming-window", "outgoing-window", "product", "version",
			"platform", "framework", "user-agent", "com.microsoft:timeout", "com.microsoft:server-timeout",
			"com.microsoft:receiver-name");

	/** Fields that are false unless something else is said. */
	private static final Set<String> FALSE_BY_DEFAULT = Set.of("incomplete-unsettled", "drain", "echo", "more",
			"resume", "aborted", "batchable");

	private static final String VENDOR_REQUEST = "request com.microsoft:";

	private final SortedMap<String, SortedSet<String>> values = new TreeMap<>();

	Map<String, SortedSet<String>> values() {
		return this.values;
	}

	/**
	 * The frame, message or request of a place.
	 */
	static String subject(String place) {
		// The names of requests have a dot in their first part.
		int dot = place.indexOf('.', place.startsWith(VENDOR_REQUEST) ? VENDOR_REQUEST.length() : 0);
		return (dot < 0) ? place : place.substring(0, dot);
	}

	/**
	 * The values of a place, {@code -} if there are none.
	 */
	String at(String place) {
		SortedSet<String> found = this.values.get(place);
		return (found != null) ? String.join(", ", found) : "-";
	}

	void add(String place, Object value) {
		if (value instanceof Composite composite) {
			say(place, composite.name());
			composite.fields().forEach((field, entry) -> addField(place, field, entry));
		}
		else if (value instanceof Map<?, ?> map) {
			map.forEach((key, entry) -> {
				say(place + " keys", AmqpTypes.of(key));
				addField(place, key.toString(), entry);
			});
		}
		else if (value instanceof Iterable<?> list) {
			say(place, "list");
			list.forEach((element) -> add(place + "[]", element));
		}
		else if (value instanceof Object[] array) {
			say(place, "array");
			for (Object element : array) {
				add(place + "[]", element);
			}
		}
		else if (value instanceof DescribedValue described) {
			say(place, "described as " + described.descriptor());
			add(place + ".value", described.value());
		}
		else {
			say(place, AmqpTypes.withValue(value));
		}
	}

	private void addField(String place, String field, Object value) {
		boolean isDefault = FALSE_BY_DEFAULT.contains(field) && Boolean.FALSE.equals(value);
		if (NUMBERING.contains(field) || isDefault) {
			return;
		}
		if (ARBITRARY.contains(field)) {
			say(place + "." + field, AmqpTypes.of(value));
		}
		else {
			add(place + "." + field, value);
		}
	}

	void say(String place, String value) {
		this.values.computeIfAbsent(place, (key) -> new TreeSet<>()).add(value);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		this.values.forEach((place, said) -> text.append(place).append(" = ").append(said).append('\n'));
		return text.toString();
	}

}
