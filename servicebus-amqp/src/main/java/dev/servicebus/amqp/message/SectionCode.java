package dev.servicebus.amqp.message;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedLong;
import org.jspecify.annotations.Nullable;

/**
 * The sections of a message in the order they have on the wire; of the three body
 * sections only one kind occurs in a message.
 */
public enum SectionCode {

	/** How to transfer the message. */
	HEADER("amqp:header:list"),

	/** What the next peer is told. */
	DELIVERY_ANNOTATIONS("amqp:delivery-annotations:map"),

	/** What every peer on the way is told. */
	MESSAGE_ANNOTATIONS("amqp:message-annotations:map"),

	/** Standard properties that the sender has set. */
	PROPERTIES("amqp:properties:list"),

	/** Properties of the application. */
	APPLICATION_PROPERTIES("amqp:application-properties:map"),

	/** A body of bytes, in one section or several. */
	DATA("amqp:data:binary"),

	/** A body of lists, in one section or several. */
	SEQUENCE("amqp:amqp-sequence:list"),

	/** A body that is one value. */
	VALUE("amqp:amqp-value:*"),

	/** What could only be known after the body. */
	FOOTER("amqp:footer:map");

	private static final int FIRST_DESCRIPTOR = 0x70;

	private static final SectionCode[] CODES = values();

	private static final Map<Symbol, SectionCode> BY_NAME = Arrays.stream(CODES)
		.collect(Collectors.toUnmodifiableMap((code) -> code.name, Function.identity()));

	private final Symbol name;

	SectionCode(String name) {
		this.name = Symbol.of(name);
	}

	/**
	 * The numeric descriptor, 0x70 for the header and so on.
	 */
	public long descriptor() {
		return FIRST_DESCRIPTOR + ordinal();
	}

	/**
	 * Returns the section that a numeric or symbolic descriptor stands for, {@code null}
	 * if it is none of the standard ones.
	 */
	public static @Nullable SectionCode of(Object descriptor) {
		if (descriptor instanceof UnsignedLong number) {
			long index = number.longValue() - FIRST_DESCRIPTOR;
			return (index >= 0 && index < CODES.length) ? CODES[(int) index] : null;
		}
		return (descriptor instanceof Symbol symbol) ? BY_NAME.get(symbol) : null;
	}

	/**
	 * Whether a message may have several of these, one behind the other.
	 */
	boolean isRepeatable() {
		return this == DATA || this == SEQUENCE;
	}

	boolean isBody() {
		return this == DATA || this == SEQUENCE || this == VALUE;
	}

}
