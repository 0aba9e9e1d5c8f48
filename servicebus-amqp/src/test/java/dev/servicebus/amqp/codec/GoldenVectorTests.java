package dev.servicebus.amqp.codec;

import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Values of Service Bus with the exact bytes that its peers send and expect.
 */
@Timeout(10)
class GoldenVectorTests {

	private static final Symbol SESSION_FILTER = Symbol.of("com.microsoft:session-filter");

	private static final String SESSION_FILTER_HEX = "a31c636f6d2e6d6963726f736f66743a73657373696f6e2d66696c746572";

	private static final Instant CREATED = Instant.ofEpochMilli(1_700_000_000_000L);

	static Stream<Arguments> vectors() {
		return Stream.concat(arraysAndNumbers(), mapsAndDescribedValues());
	}

	private static Stream<Arguments> arraysAndNumbers() {
		UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
		return Stream.of(arguments("e0120198 00112233445566778899aabbccddeeff", new UUID[] { uuid }),
				arguments("e00a0183 0000018bcfe56800", new Instant[] { CREATED }),
				arguments("e01a0381 0000000000000001 0000000000000002 000000000000012c", new Long[] { 1L, 2L, 300L }),
				arguments("e0020098", new UUID[0]), arguments("e00802a1 027331 027332", new String[] { "s1", "s2" }),
				arguments("71000000ca", 202), arguments("44", UnsignedLong.of(0)),
				arguments("5301", UnsignedLong.of(1)), arguments("5402", 2), arguments("540f", 15),
				arguments("55ff", -1L), arguments("98 00112233445566778899aabbccddeeff", uuid));
	}

	private static Stream<Arguments> mapsAndDescribedValues() {
		DescribedValue filter = new DescribedValue(UnsignedLong.of(0x137000000CL), "s1");
		DescribedValue rule = new DescribedValue(UnsignedLong.of(0x13700000004L),
				List.of(new DescribedValue(UnsignedLong.of(0x1370000006L), List.of("a=1", 20)),
						new DescribedValue(UnsignedLong.of(0x13700000005L), List.of()), "r1", CREATED));
		Map<Symbol, Object> anySession = new LinkedHashMap<>();
		anySession.put(SESSION_FILTER, null);
		return Stream.of(arguments("c12302" + SESSION_FILTER_HEX + "a1027331", Map.of(SESSION_FILTER, "s1")),
				arguments("c12002" + SESSION_FILTER_HEX + "40", anySession),
				arguments("c12d02" + SESSION_FILTER_HEX + "0080000000137000000ca1027331",
						Map.of(SESSION_FILTER, filter)),
				arguments("c12a02a31e636f6d2e6d6963726f736f66743a6c6f636b65642d756e74696c2d757463 8108dbe55ee8e40000",
						Map.of(Symbol.of("com.microsoft:locked-until-utc"), 638_355_968_000_000_000L)),
				arguments("00800000013700000004c02d04 00800000001370000006c00802a103613d315414"
						+ "0080000001370000000545 a1027231 830000018bcfe56800", rule),
				arguments("0080000000137000000745", new DescribedValue(UnsignedLong.of(0x1370000007L), List.of())),
				arguments("00a316636f6d2e6d6963726f736f66743a74696d657370616e810000000000989680",
						new DescribedValue(Symbol.of("com.microsoft:timespan"), 10_000_000L)));
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void valuesAreWrittenAsPeersExpectThem(String hex, Object value) {
		AmqpWriter writer = new AmqpWriter();
		writer.writeValue(value);
		assertThat(HexFormat.of().formatHex(writer.toByteArray())).isEqualTo(hex.replace(" ", ""));
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void valuesOfPeersAreRead(String hex, Object value) {
		Object read = new AmqpReader(HexFormat.of().parseHex(hex.replace(" ", ""))).readValue();
		assertThat(Rendering.of(read)).isEqualTo(Rendering.of(value));
		assertThat(read).isInstanceOf(value.getClass().isArray() ? value.getClass() : Object.class);
	}

	@Test
	void arrayOfSmallLongsIsRead() {
		assertThat(new AmqpReader(HexFormat.of().parseHex("e00402550102")).readValue())
			.isEqualTo(new Long[] { 1L, 2L });
	}

}
