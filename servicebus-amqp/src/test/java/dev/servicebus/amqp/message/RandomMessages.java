package dev.servicebus.amqp.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

import dev.servicebus.amqp.codec.RandomValues;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedLong;

/**
 * Makes messages with any combination of sections and fields.
 */
final class RandomMessages {

	private final Random random;

	private final RandomValues values;

	private final int maxBodySections;

	private RandomMessages(Random random, RandomValues values, int maxBodySections) {
		this.random = random;
		this.values = values;
		this.maxBodySections = maxBodySections;
	}

	static RandomMessages ofAllTypes(Random random) {
		return new RandomMessages(random, RandomValues.ofAllTypes(random), 4);
	}

	/**
	 * Messages that proton-j can represent; it knows a single body section only.
	 */
	static RandomMessages knownToProton(Random random) {
		return new RandomMessages(random, RandomValues.knownToProton(random), 1);
	}

	AmqpMessage next() {
		return AmqpMessage.builder()
			.header(maybe(this::header, Header.EMPTY))
			.deliveryAnnotations(annotations())
			.messageAnnotations(annotations())
			.properties(maybe(this::properties, Properties.EMPTY))
			.applicationProperties(applicationProperties())
			.body(body())
			.footer(annotations())
			.build();
	}

	private Header header() {
		return new Header(maybe(this.random::nextBoolean), maybe(() -> this.random.nextInt(256)), maybe(this::uint),
				maybe(this.random::nextBoolean), maybe(this::uint));
	}

	private Properties properties() {
		Properties.Builder builder = Properties.builder().messageId(maybe(this::id)).userId(maybe(this.values::binary));
		builder.to(maybe(this.values::string)).subject(maybe(this.values::string)).replyTo(maybe(this.values::string));
		builder.correlationId(maybe(this::id)).contentType(maybe(() -> this.values.symbol().toString()));
		builder.contentEncoding(maybe(() -> this.values.symbol().toString()));
		builder.absoluteExpiryTime(maybe(this.values::timestamp)).creationTime(maybe(this.values::timestamp));
		builder.groupId(maybe(this.values::string)).groupSequence(maybe(this::uint));
		return builder.replyToGroupId(maybe(this.values::string)).build();
	}

	private Object id() {
		return switch (this.random.nextInt(4)) {
			case 0 -> this.values.uuid();
			case 1 -> UnsignedLong.ofBits(this.random.nextLong() >> this.random.nextInt(64));
			case 2 -> this.values.binary();
			default -> this.values.string();
		};
	}

	private Map<Symbol, Object> annotations() {
		Map<Symbol, Object> annotations = new LinkedHashMap<>();
		for (int i = entries(); i > 0; i--) {
			annotations.put(this.values.symbol(), this.values.any(2));
		}
		return annotations;
	}

	private Map<String, Object> applicationProperties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (int i = entries(); i > 0; i--) {
			properties.put(this.values.string(), this.values.nullable());
		}
		return properties;
	}

	private MessageBody body() {
		int sections = 1 + this.random.nextInt(this.maxBodySections);
		return switch (this.random.nextInt(4)) {
			case 0 -> new MessageBody.Value(this.values.any(3));
			case 1 -> new MessageBody.Sequence(
					this.random.ints(sections).<List<?>>mapToObj((any) -> this.values.list(2)).toList());
			default ->
				new MessageBody.Data(this.random.ints(sections).mapToObj((any) -> this.values.binary()).toList());
		};
	}

	private int entries() {
		return this.random.nextBoolean() ? 0 : this.random.nextInt(7);
	}

	private long uint() {
		return Integer.toUnsignedLong(this.random.nextInt() >>> this.random.nextInt(32));
	}

	private <T> T maybe(Supplier<T> value) {
		return maybe(value, null);
	}

	private <T> T maybe(Supplier<T> value, T otherwise) {
		return (this.random.nextInt(3) > 0) ? value.get() : otherwise;
	}

}
