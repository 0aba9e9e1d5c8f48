package dev.servicebus.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.amqp.message.Header;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * What a message that is sent carries in sections of AMQP that have no property of their
 * own here. Receivers find it in {@link ServiceBusReceivedMessage#amqpMessage()}.
 * Immutable, provided that nobody changes the values it holds.
 *
 * @param header durability and priority, which Service Bus passes on and does not go by
 * @param deliveryAnnotations what the broker is told
 * @param messageAnnotations what the broker and all receivers are told
 * @param footer what follows the body
 */
public record AmqpSections(Header header, Map<Symbol, @Nullable Object> deliveryAnnotations,
		Map<Symbol, @Nullable Object> messageAnnotations, Map<Symbol, @Nullable Object> footer) {

	/** Nothing in any of them. */
	public static final AmqpSections NONE = new AmqpSections(Header.EMPTY, Map.of(), Map.of(), Map.of());

	/**
	 * Takes the sections; maps are copied.
	 * @throws IllegalArgumentException if a field is one that the broker writes, or that
	 * has a property of the message
	 */
	public AmqpSections {
		if (header.ttl() != null) {
			throw new IllegalArgumentException("header must not have a ttl; set timeToLive of the message");
		}
		if (header.deliveryCount() != null || header.firstAcquirer() != null) {
			throw new IllegalArgumentException(
					"header must have neither deliveryCount nor firstAcquirer, which the broker writes");
		}
		deliveryAnnotations = copyOf(deliveryAnnotations);
		messageAnnotations = copyOf(messageAnnotations);
		footer = copyOf(footer);
		deliveryAnnotations.keySet().forEach(MessageAnnotation::requireFree);
		messageAnnotations.keySet().forEach(MessageAnnotation::requireFree);
	}

	public AmqpSections withHeader(Header newHeader) {
		return new AmqpSections(newHeader, this.deliveryAnnotations, this.messageAnnotations, this.footer);
	}

	/**
	 * The same with one more delivery annotation, or another value for it.
	 */
	public AmqpSections withDeliveryAnnotation(String name, @Nullable Object value) {
		return new AmqpSections(this.header, with(this.deliveryAnnotations, name, value), this.messageAnnotations,
				this.footer);
	}

	/**
	 * The same with one more message annotation, or another value for it. Names that
	 * Service Bus uses itself are refused.
	 */
	public AmqpSections withMessageAnnotation(String name, @Nullable Object value) {
		return new AmqpSections(this.header, this.deliveryAnnotations, with(this.messageAnnotations, name, value),
				this.footer);
	}

	/**
	 * The same with one more entry of the footer, or another value for it.
	 */
	public AmqpSections withFooter(String name, @Nullable Object value) {
		return new AmqpSections(this.header, this.deliveryAnnotations, this.messageAnnotations,
				with(this.footer, name, value));
	}

	private static Map<Symbol, @Nullable Object> with(Map<Symbol, @Nullable Object> entries, String name,
			@Nullable Object value) {
		Map<Symbol, @Nullable Object> changed = new LinkedHashMap<>(entries);
		changed.put(Symbol.of(name), value);
		return changed;
	}

	private static Map<Symbol, @Nullable Object> copyOf(Map<Symbol, @Nullable Object> entries) {
		return entries.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(entries));
	}

}
