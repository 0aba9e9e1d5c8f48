package dev.servicebus.amqp.message;

import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.servicebus.amqp.codec.ProtonCodec;
import dev.servicebus.amqp.codec.Rendering;
import dev.servicebus.amqp.type.UnsignedByte;
import dev.servicebus.amqp.type.UnsignedInteger;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.DeliveryAnnotations;
import org.apache.qpid.proton.amqp.messaging.Footer;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.message.Message;

/**
 * The independent opinion about our messages.
 */
final class ProtonMessages {

	private ProtonMessages() {
	}

	static byte[] encode(AmqpMessage message) {
		byte[] bytes = new byte[1 << 20];
		return Arrays.copyOf(bytes, toProton(message).encode(bytes, 0, bytes.length));
	}

	static Message decode(byte[] bytes) {
		Message message = Message.Factory.create();
		message.decode(bytes, 0, bytes.length);
		return message;
	}

	/**
	 * The contents as text, to be compared with that of proton-j's message.
	 */
	static String render(AmqpMessage message) {
		Header header = message.header();
		Properties properties = message.properties();
		return Stream.of(header.durable(), header.priority(), header.ttl(), header.firstAcquirer(),
				header.deliveryCount(), Rendering.of(message.deliveryAnnotations()),
				Rendering.of(message.messageAnnotations()), Rendering.of(properties.messageId()),
				Rendering.of(properties.userId()), properties.to(), properties.subject(), properties.replyTo(),
				Rendering.of(properties.correlationId()), properties.contentType(), properties.contentEncoding(),
				Rendering.of(properties.absoluteExpiryTime()), Rendering.of(properties.creationTime()),
				properties.groupId(), properties.groupSequence(), properties.replyToGroupId(),
				Rendering.of(message.applicationProperties()), render(message.body()), Rendering.of(message.footer()))
			.map(Objects::toString)
			.collect(Collectors.joining("\n"));
	}

	static String render(Message message) {
		var header = Objects.requireNonNullElseGet(message.getHeader(),
				org.apache.qpid.proton.amqp.messaging.Header::new);
		var properties = Objects.requireNonNullElseGet(message.getProperties(),
				org.apache.qpid.proton.amqp.messaging.Properties::new);
		return Stream
			.of(header.getDurable(), header.getPriority(), header.getTtl(), header.getFirstAcquirer(),
					header.getDeliveryCount(),
					map((message.getDeliveryAnnotations() != null) ? message.getDeliveryAnnotations().getValue()
							: null),
					map((message.getMessageAnnotations() != null) ? message.getMessageAnnotations().getValue() : null),
					Rendering.of(properties.getMessageId()), Rendering.of(properties.getUserId()), properties.getTo(),
					properties.getSubject(), properties.getReplyTo(), Rendering.of(properties.getCorrelationId()),
					properties.getContentType(), properties.getContentEncoding(),
					Rendering.of(properties.getAbsoluteExpiryTime()), Rendering.of(properties.getCreationTime()),
					properties.getGroupId(), properties.getGroupSequence(), properties.getReplyToGroupId(),
					map((message.getApplicationProperties() != null) ? message.getApplicationProperties().getValue()
							: null),
					render(message.getBody()),
					map((message.getFooter() != null) ? message.getFooter().getValue() : null))
			.map(Objects::toString)
			.collect(Collectors.joining("\n"));
	}

	static Message toProton(AmqpMessage message) {
		Message proton = Message.Factory.create();
		if (!message.header().equals(Header.EMPTY)) {
			proton.setHeader(header(message.header()));
		}
		if (!message.deliveryAnnotations().isEmpty()) {
			proton.setDeliveryAnnotations(new DeliveryAnnotations(convert(message.deliveryAnnotations())));
		}
		if (!message.messageAnnotations().isEmpty()) {
			proton.setMessageAnnotations(new MessageAnnotations(convert(message.messageAnnotations())));
		}
		if (!message.properties().equals(Properties.EMPTY)) {
			proton.setProperties(properties(message.properties()));
		}
		if (!message.applicationProperties().isEmpty()) {
			proton.setApplicationProperties(new ApplicationProperties(convert(message.applicationProperties())));
		}
		proton.setBody(body(message.body()));
		if (!message.footer().isEmpty()) {
			proton.setFooter(new Footer(convert(message.footer())));
		}
		return proton;
	}

	private static org.apache.qpid.proton.amqp.messaging.Header header(Header header) {
		var proton = new org.apache.qpid.proton.amqp.messaging.Header();
		proton.setDurable(header.durable());
		proton.setPriority((header.priority() != null)
				? org.apache.qpid.proton.amqp.UnsignedByte.valueOf(UnsignedByte.of(header.priority()).byteValue())
				: null);
		proton.setTtl(uint(header.ttl()));
		proton.setFirstAcquirer(header.firstAcquirer());
		proton.setDeliveryCount(uint(header.deliveryCount()));
		return proton;
	}

	private static org.apache.qpid.proton.amqp.messaging.Properties properties(Properties properties) {
		var proton = new org.apache.qpid.proton.amqp.messaging.Properties();
		proton.setMessageId(ProtonCodec.toProton(properties.messageId()));
		proton.setUserId((Binary) ProtonCodec.toProton(properties.userId()));
		proton.setTo(properties.to());
		proton.setSubject(properties.subject());
		proton.setReplyTo(properties.replyTo());
		proton.setCorrelationId(ProtonCodec.toProton(properties.correlationId()));
		proton.setContentType(Symbol.valueOf(properties.contentType()));
		proton.setContentEncoding(Symbol.valueOf(properties.contentEncoding()));
		proton.setAbsoluteExpiryTime((Date) ProtonCodec.toProton(properties.absoluteExpiryTime()));
		proton.setCreationTime((Date) ProtonCodec.toProton(properties.creationTime()));
		proton.setGroupId(properties.groupId());
		proton.setGroupSequence(uint(properties.groupSequence()));
		proton.setReplyToGroupId(properties.replyToGroupId());
		return proton;
	}

	private static org.apache.qpid.proton.amqp.UnsignedInteger uint(Long value) {
		return (value != null)
				? (org.apache.qpid.proton.amqp.UnsignedInteger) ProtonCodec.toProton(UnsignedInteger.of(value)) : null;
	}

	private static Section body(MessageBody body) {
		if (body instanceof MessageBody.Data data) {
			return new Data(new Binary(data.bytes()));
		}
		if (body instanceof MessageBody.Sequence sequence) {
			return new AmqpSequence((List<?>) ProtonCodec.toProton(sequence.sections().get(0)));
		}
		return new AmqpValue(ProtonCodec.toProton(((MessageBody.Value) body).value()));
	}

	private static String render(MessageBody body) {
		if (body instanceof MessageBody.Data data) {
			return "data " + data.sections().stream().map(Rendering::of).toList();
		}
		if (body instanceof MessageBody.Sequence sequence) {
			return "sequence " + sequence.sections().stream().map(Rendering::of).toList();
		}
		return "value " + Rendering.of(((MessageBody.Value) body).value());
	}

	private static String render(Section body) {
		if (body instanceof Data data) {
			return "data [" + Rendering.of(data.getValue()) + "]";
		}
		if (body instanceof AmqpSequence sequence) {
			return "sequence [" + Rendering.of(sequence.getValue()) + "]";
		}
		return "value " + Rendering.of(((AmqpValue) body).getValue());
	}

	private static String map(Map<?, ?> map) {
		return Rendering.of((map != null) ? map : Map.of());
	}

	@SuppressWarnings("unchecked")
	private static <K> Map<K, Object> convert(Map<?, ?> map) {
		return (Map<K, Object>) ProtonCodec.toProton(map);
	}

}
