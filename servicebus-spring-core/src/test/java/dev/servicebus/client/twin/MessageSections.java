package dev.servicebus.client.twin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.servicebus.amqp.codec.AmqpReader;
import dev.servicebus.amqp.type.Composite;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.UnsignedLong;

/**
 * The sections of a message as they stand on the wire (AMQP 1.0 section 3.2), so that
 * nothing is mended by a reader that knows what is meant.
 */
record MessageSections(List<Section> sections) {

	private static final List<String> NAMES = List.of("header", "delivery-annotations", "message-annotations",
			"properties", "application-properties", "data", "amqp-sequence", "amqp-value", "footer");

	private static final int FIRST_CODE = 0x70;

	private static final List<String> HEADER = List.of("durable", "priority", "ttl", "first-acquirer",
			"delivery-count");

	private static final List<String> PROPERTIES = List.of("message-id", "user-id", "to", "subject", "reply-to",
			"correlation-id", "content-type", "content-encoding", "absolute-expiry-time", "creation-time", "group-id",
			"group-sequence", "reply-to-group-id");

	static MessageSections of(byte[] bytes) {
		List<Section> sections = new ArrayList<>();
		AmqpReader reader = new AmqpReader(bytes);
		while (reader.hasRemaining()) {
			DescribedValue section = (DescribedValue) reader.readValue();
			String name = NAMES.get((int) ((UnsignedLong) section.descriptor()).longValue() - FIRST_CODE);
			Object value = switch (name) {
				case "header" -> named(HEADER, (List<?>) section.value());
				case "properties" -> named(PROPERTIES, (List<?>) section.value());
				default -> (section.value() instanceof DescribedValue described) ? Composite.named(described)
						: section.value();
			};
			sections.add(new Section(name, value));
		}
		return new MessageSections(sections);
	}

	/**
	 * What a request asks for, {@code null} if the message is none.
	 */
	String operation() {
		return this.sections.stream()
			.filter((section) -> section.name().equals("application-properties"))
			.map((section) -> (String) ((Map<?, ?>) section.value()).get("operation"))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	Object body() {
		return this.sections.get(this.sections.size() - 1).value();
	}

	private static Map<String, Object> named(List<String> names, List<?> values) {
		Map<String, Object> fields = new LinkedHashMap<>();
		for (int i = 0; i < values.size(); i++) {
			if (values.get(i) != null) {
				fields.put(names.get(i), values.get(i));
			}
		}
		return fields;
	}

	/**
	 * A section of a message.
	 */
	record Section(String name, Object value) {

	}

}
