package dev.servicebus.client.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.apache.qpid.protonj2.test.driver.codec.Codec;
import org.apache.qpid.protonj2.test.driver.codec.primitives.DescribedType;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnknownDescribedType;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnsignedLong;

/**
 * Messages in the driver's codec. Descriptors are written as numbers, as the service
 * writes them; the driver itself would write symbols.
 */
final class WireMessage {

	static final long HEADER = 0x70;

	static final long DELIVERY_ANNOTATIONS = 0x71;

	static final long MESSAGE_ANNOTATIONS = 0x72;

	static final long PROPERTIES = 0x73;

	static final long APPLICATION_PROPERTIES = 0x74;

	static final long DATA = 0x75;

	static final long SEQUENCE = 0x76;

	static final long VALUE = 0x77;

	static final Map<Long, String> SECTIONS = Map.of(DELIVERY_ANNOTATIONS, "delivery-annotations", MESSAGE_ANNOTATIONS,
			"message-annotations", APPLICATION_PROPERTIES, "application-properties", DATA, "data", SEQUENCE,
			"amqp-sequence");

	private WireMessage() {
	}

	/**
	 * A section of a message, or any other described value.
	 */
	static DescribedType described(long descriptor, Object value) {
		return new UnknownDescribedType(UnsignedLong.valueOf(descriptor), value);
	}

	static byte[] encode(DescribedType... sections) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (DescribedType section : sections) {
			Codec codec = Codec.Factory.create();
			put(codec, section);
			codec.encode(bytes);
		}
		return bytes.toByteArray();
	}

	static boolean isMessage(byte[] bytes) {
		return bytes.length > 2 && bytes[0] == 0 && bytes[1] == 0x53 && bytes[2] >= HEADER && bytes[2] <= VALUE;
	}

	static List<DescribedType> sections(byte[] payload) {
		List<DescribedType> sections = new ArrayList<>();
		ByteBuffer buffer = ByteBuffer.wrap(payload);
		while (buffer.hasRemaining()) {
			Codec codec = Codec.Factory.create();
			codec.decode(buffer);
			sections.add(codec.getDescribedType());
		}
		return sections;
	}

	static Map<?, ?> applicationProperties(byte[] payload) {
		return sections(payload).stream()
			.filter((section) -> section.getDescriptor().equals(UnsignedLong.valueOf(APPLICATION_PROPERTIES)))
			.map((section) -> (Map<?, ?>) section.getDescribed())
			.findFirst()
			.orElseThrow();
	}

	/**
	 * The only section of a type.
	 */
	static <T> T section(byte[] payload, Class<T> type) {
		return sections(payload).stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
	}

	private static void put(Codec codec, Object value) {
		if (value instanceof DescribedType described) {
			codec.putDescribed();
			putAll(codec, described.getDescriptor(), described.getDescribed());
		}
		else if (value instanceof Map<?, ?> map) {
			codec.putMap();
			putAll(codec, map.entrySet().stream().flatMap(WireMessage::flat).toArray());
		}
		else if (value instanceof List<?> list) {
			codec.putList();
			putAll(codec, list.toArray());
		}
		else if (value instanceof Object[] array) {
			codec.putArray(false, elementType(array));
			putAll(codec, array);
		}
		else {
			codec.putObject(value);
		}
	}

	private static Stream<Object> flat(Map.Entry<?, ?> entry) {
		return Stream.of(entry.getKey(), entry.getValue());
	}

	private static void putAll(Codec codec, Object... values) {
		codec.enter();
		for (Object value : values) {
			put(codec, value);
		}
		codec.exit();
	}

	private static Codec.DataType elementType(Object[] array) {
		return (array instanceof UUID[]) ? Codec.DataType.UUID
				: (array instanceof Date[]) ? Codec.DataType.TIMESTAMP : Codec.DataType.LONG;
	}

}
