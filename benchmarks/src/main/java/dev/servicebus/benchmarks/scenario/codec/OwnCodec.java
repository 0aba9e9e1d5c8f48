package dev.servicebus.benchmarks.scenario.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.Header;
import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.message.Properties;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * This project's codec.
 */
public final class OwnCodec {

	private static final Map<Symbol, @Nullable Object> ANNOTATIONS = annotations();

	/** The message as bytes. */
	static final byte[] ENCODED = message().encode();

	private OwnCodec() {
	}

	/**
	 * Makes the message and turns it into bytes as the client does.
	 * @return how many they are
	 */
	public static int encode() {
		return message().encodeToSlice().length();
	}

	/**
	 * Decodes everything.
	 * @return a number that depends on all sections
	 */
	static int decode() {
		AmqpMessage message = EncodedMessage.of(ENCODED).decode();
		return Objects.hashCode(message.header().deliveryCount()) + message.messageAnnotations().size()
				+ Objects.hashCode(message.properties().messageId()) + message.applicationProperties().size()
				+ ((MessageBody.Data) message.body()).bytes().length;
	}

	/**
	 * Finds the sections and decodes the header.
	 * @return a number that depends on it
	 */
	static int decodeHeader() {
		return Objects.hashCode(EncodedMessage.of(ENCODED).header().deliveryCount());
	}

	private static AmqpMessage message() {
		return AmqpMessage.builder()
			.header(Header.EMPTY.withDeliveryCount(Content.DELIVERY_COUNT))
			.messageAnnotations(ANNOTATIONS)
			.properties(Properties.builder()
				.messageId(Content.MESSAGE_ID)
				.to(Content.TO)
				.subject(Content.SUBJECT)
				.replyTo(Content.REPLY_TO)
				.correlationId(Content.CORRELATION_ID)
				.contentType(Content.CONTENT_TYPE)
				.build())
			.applicationProperties(Content.APPLICATION_PROPERTIES)
			.data(Content.BODY)
			.build();
	}

	private static Map<Symbol, @Nullable Object> annotations() {
		Map<Symbol, @Nullable Object> annotations = new LinkedHashMap<>();
		annotations.put(Symbol.of(Content.SEQUENCE_NUMBER), Content.NUMBER);
		annotations.put(Symbol.of(Content.ENQUEUED_TIME), Content.TIME);
		annotations.put(Symbol.of(Content.LOCKED_UNTIL), Content.TIME);
		annotations.put(Symbol.of(Content.PARTITION_KEY), Content.MESSAGE_ID);
		return annotations;
	}

}
