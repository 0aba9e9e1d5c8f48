package dev.servicebus.message;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.servicebus.amqp.codec.AmqpWriter;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.ByteSlice;
import dev.servicebus.amqp.message.Header;
import dev.servicebus.amqp.message.Properties;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages into what is sent. Immutable and thread-safe.
 */
public final class MessageEncoder {

	private static final long MAX_HEADER_TTL = 0xFFFF_FFFFL;

	/** 9999-12-31T07:59:59Z, the latest expiry that the vendor's clients send. */
	private static final Instant LATEST_EXPIRY = Instant.ofEpochMilli(253_402_243_199_000L);

	private final InstantSource clock;

	/**
	 * An encoder on a clock.
	 * @param clock tells when messages with a time to live were created
	 */
	public MessageEncoder(InstantSource clock) {
		this.clock = Objects.requireNonNull(clock, "clock");
	}

	/**
	 * Encodes a message.
	 * @throws IllegalArgumentException if its body holds a value that has no AMQP type
	 */
	public byte[] encode(ServiceBusMessage message) {
		return toAmqp(message).encode();
	}

	/**
	 * Encodes a message without cutting the array to its size, which saves a copy of
	 * everything. The array belongs to the caller.
	 * @throws IllegalArgumentException if its body holds a value that has no AMQP type
	 */
	public ByteSlice encodeToSlice(ServiceBusMessage message) {
		return toAmqp(message).encodeToSlice();
	}

	/**
	 * Appends an encoded message to what {@code writer} holds.
	 * @throws IllegalArgumentException if its body holds a value that has no AMQP type
	 */
	public void encodeTo(AmqpWriter writer, ServiceBusMessage message) {
		toAmqp(message).encodeTo(writer);
	}

	/**
	 * The sections of a message.
	 */
	public AmqpMessage toAmqp(ServiceBusMessage message) {
		MessageTerms terms = message.terms();
		AmqpMessage.Builder amqp = AmqpMessage.builder()
			.applicationProperties(ApplicationProperties.toAmqp(message.applicationProperties()))
			.properties(message.properties())
			.body(message.body());
		return (terms != MessageTerms.NONE) ? withTerms(amqp, message).build() : amqp.build();
	}

	private AmqpMessage.Builder withTerms(AmqpMessage.Builder amqp, ServiceBusMessage message) {
		AmqpSections sections = message.amqp();
		amqp.messageAnnotations(annotations(message.terms()))
			.header(sections.header())
			.deliveryAnnotations(sections.deliveryAnnotations())
			.footer(sections.footer());
		Duration timeToLive = message.timeToLive();
		if (timeToLive == null) {
			return amqp;
		}
		return amqp.header(sections.header().withTtl(headerTtl(timeToLive)))
			.properties(expiring(message.properties(), timeToLive));
	}

	private static Map<Symbol, @Nullable Object> annotations(MessageTerms terms) {
		Map<Symbol, @Nullable Object> annotations = routing(terms);
		if (terms.scheduledEnqueueTime() != null) {
			annotations.put(MessageAnnotation.SCHEDULED_ENQUEUE_TIME, terms.scheduledEnqueueTime().toInstant());
		}
		annotations.putAll(terms.amqp().messageAnnotations());
		return annotations;
	}

	/**
	 * The annotations that decide about partitions.
	 */
	static Map<Symbol, @Nullable Object> routing(MessageTerms terms) {
		Map<Symbol, @Nullable Object> annotations = new LinkedHashMap<>();
		if (terms.partitionKey() != null) {
			annotations.put(MessageAnnotation.PARTITION_KEY, terms.partitionKey());
		}
		if (terms.transactionPartitionKey() != null) {
			annotations.put(MessageAnnotation.TRANSACTION_PARTITION_KEY, terms.transactionPartitionKey());
		}
		return annotations;
	}

	private static long headerTtl(Duration timeToLive) {
		boolean tooLong = timeToLive.compareTo(Duration.ofMillis(MAX_HEADER_TTL)) > 0;
		return tooLong ? MAX_HEADER_TTL : timeToLive.toMillis();
	}

	/**
	 * The header has room for 49 days only; for longer lives the service goes by these.
	 */
	private Properties expiring(Properties properties, Duration timeToLive) {
		Instant now = this.clock.instant();
		boolean beyond = timeToLive.compareTo(Duration.between(now, LATEST_EXPIRY)) > 0;
		return properties.mutate()
			.creationTime(now)
			.absoluteExpiryTime(beyond ? LATEST_EXPIRY : now.plus(timeToLive))
			.build();
	}

}
