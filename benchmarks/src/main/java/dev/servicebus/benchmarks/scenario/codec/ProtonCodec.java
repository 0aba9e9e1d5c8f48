package dev.servicebus.benchmarks.scenario.codec;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.codec.ReadableBuffer;
import org.apache.qpid.proton.message.Message;

/**
 * proton-j's {@link Message}, at its best: one buffer serves for all messages.
 */
final class ProtonCodec {

	private static final byte[] BUFFER = new byte[4096];

	private static final Map<Symbol, Object> ANNOTATIONS = annotations();

	private ProtonCodec() {
	}

	static int encode() {
		return message().encode(BUFFER, 0, BUFFER.length);
	}

	static int decode() {
		Message message = Message.Factory.create();
		message.decode(ReadableBuffer.ByteBufferReader.wrap(OwnCodec.ENCODED));
		return Objects.hashCode(message.getDeliveryCount()) + message.getMessageAnnotations().getValue().size()
				+ Objects.hashCode(message.getMessageId()) + message.getApplicationProperties().getValue().size()
				+ ((Data) message.getBody()).getValue().getLength();
	}

	private static Message message() {
		Message message = Message.Factory.create();
		message.setDeliveryCount(Content.DELIVERY_COUNT);
		message.setMessageAnnotations(new MessageAnnotations(ANNOTATIONS));
		message.setMessageId(Content.MESSAGE_ID);
		message.setAddress(Content.TO);
		message.setSubject(Content.SUBJECT);
		message.setReplyTo(Content.REPLY_TO);
		message.setCorrelationId(Content.CORRELATION_ID);
		message.setContentType(Content.CONTENT_TYPE);
		message.setApplicationProperties(new ApplicationProperties(Content.APPLICATION_PROPERTIES));
		message.setBody(new Data(new Binary(Content.BODY)));
		return message;
	}

	private static Map<Symbol, Object> annotations() {
		Map<Symbol, Object> annotations = new LinkedHashMap<>();
		annotations.put(Symbol.valueOf(Content.SEQUENCE_NUMBER), Content.NUMBER);
		annotations.put(Symbol.valueOf(Content.ENQUEUED_TIME), Date.from(Content.TIME));
		annotations.put(Symbol.valueOf(Content.LOCKED_UNTIL), Date.from(Content.TIME));
		annotations.put(Symbol.valueOf(Content.PARTITION_KEY), Content.MESSAGE_ID);
		return annotations;
	}

}
