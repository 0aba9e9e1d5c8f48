package dev.servicebus.amqp.message;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.codec.AmqpWriter;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(10)
class EncodedMessageTests {

	private static final String EMPTY_BODY = "005375a000";

	private static final Symbol SEQUENCE_NUMBER = Symbol.of("x-opt-sequence-number");

	@Test
	void headersLookAsPeersExpectThem() {
		Header first = Header.EMPTY.withDeliveryCount(0L);
		assertThat(hex(AmqpMessage.builder().header(first).build())).isEqualTo("005370c006054040404043" + EMPTY_BODY);
		Header third = Header.EMPTY.withDurable(true).withTtl(3_600_000L).withDeliveryCount(2L);
		assertThat(hex(AmqpMessage.builder().header(third).build()))
			.isEqualTo("005370c00b05414070" + "0036ee80" + "405202" + EMPTY_BODY);
	}

	@Test
	void applicationPropertiesLookAsPeersExpectThem() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("statusCode", 200);
		properties.put("statusDescription", "OK");
		assertThat(hex(AmqpMessage.builder().applicationProperties(properties).build()))
			.isEqualTo("005374c12904a10a737461747573436f6465" + "71000000c8"
					+ "a1117374617475734465736372697074696f6ea1024f4b" + EMPTY_BODY);
	}

	@Test
	void nullsAtTheEndOfPropertiesAreLeftOut() {
		Properties properties = Properties.builder().messageId(UnsignedLong.of(1)).subject("s").build();
		assertThat(hex(AmqpMessage.builder().properties(properties).build()))
			.isEqualTo("005373c0080453014040a10173" + EMPTY_BODY);
	}

	@Test
	void absentSectionsAreEmpty() {
		EncodedMessage message = message("");
		assertThat(message.header()).isEqualTo(Header.EMPTY);
		assertThat(message.properties()).isEqualTo(Properties.EMPTY);
		assertThat(message.messageAnnotations()).isEmpty();
		assertThat(message.applicationProperties()).isEmpty();
		assertThat(message.body()).isEqualTo(new MessageBody.Data(List.of()));
		assertThat(message.bodyCode()).isNull();
		assertThat(message.section(SectionCode.HEADER)).isNull();
	}

	@Test
	void sectionsWithNullInsteadOfContentAreEmpty() {
		EncodedMessage message = message("00537040 00537240 00537340 00537440 00537540 00537840");
		assertThat(message.header()).isEqualTo(Header.EMPTY);
		assertThat(message.properties()).isEqualTo(Properties.EMPTY);
		assertThat(message.messageAnnotations()).isEmpty();
		assertThat(message.messageAnnotation(SEQUENCE_NUMBER)).isNull();
		assertThat(message.footer()).isEmpty();
		assertThat(message.data()).singleElement().extracting(ByteSlice::length).isEqualTo(0);
		assertThat(((MessageBody.Data) message.body()).bytes()).isEmpty();
	}

	@Test
	void sectionsAreFoundByNameToo() {
		String name = HexFormat.of().formatHex("amqp:amqp-value:*".getBytes());
		assertThat(message("00a311" + name + "a10161").body()).isEqualTo(new MessageBody.Value("a"));
		assertThat(message("00800000000000000077 5401").body()).isEqualTo(new MessageBody.Value(1));
	}

	@Test
	void partsOfABatchAreNotCopied() {
		byte[] one = AmqpMessage.builder().value("one").build().encode();
		byte[] two = AmqpMessage.builder().data(new byte[300]).build().encode();
		byte[] batch = AmqpMessage.builder().body(new MessageBody.Data(List.of(one, two))).build().encode();
		assertThat(batch).hasSize(one.length + 5 + two.length + 8);
		List<ByteSlice> parts = EncodedMessage.of(batch).data();
		assertThat(parts).allSatisfy((part) -> assertThat(part.array()).isSameAs(batch));
		assertThat(parts).extracting(ByteSlice::toByteArray).containsExactly(one, two);
		ByteSlice first = parts.get(0);
		EncodedMessage inner = EncodedMessage.of(first.array(), first.offset(), first.length());
		assertThat(inner.body()).isEqualTo(new MessageBody.Value("one"));
	}

	@Test
	void sectionIsHandedOutWithItsDescriptor() {
		EncodedMessage message = message("005370c006054040404043 005375a00161 005375a00162");
		assertThat(slice(message, SectionCode.HEADER)).isEqualTo("005370c006054040404043");
		assertThat(slice(message, SectionCode.DATA)).isEqualTo("005375a00161005375a00162");
		assertThat(((MessageBody.Data) message.body()).bytes()).isEqualTo(new byte[] { 'a', 'b' });
	}

	@Test
	void sectionsAreFoundInAnyOrderAndWrittenInTheirs() {
		EncodedMessage message = message("005375a00161 005375a00162 005371c10702a3016ba10176 00537045");
		assertThat(message.deliveryAnnotations()).isEqualTo(Map.of(Symbol.of("k"), "v"));
		assertThat(((MessageBody.Data) message.body()).bytes()).isEqualTo(new byte[] { 'a', 'b' });
		assertThat(message.edit().header(Header.EMPTY.withDurable(true)).encode()).isEqualTo(AmqpMessage.builder()
			.header(Header.EMPTY.withDurable(true))
			.deliveryAnnotations(Map.of(Symbol.of("k"), "v"))
			.body(message.body())
			.build()
			.encode());
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			00537045 00537045,         HEADER must not follow HEADER
			00537045 005375a000 00537045, HEADER must not follow HEADER
			005375a000 00537045 005375a000, DATA must not follow DATA
			00537740 00537740,         VALUE must not follow VALUE
			005375a000 00537645,       SEQUENCE must not follow DATA
			005375a000 005301 40 005375a000, DATA must not follow DATA
			54 01,                     described value expected
			005375a0,                  1 bytes expected but 0 left
			00537003,                  unknown constructor 0x03
			""")
	void misplacedSectionsAreRefusedAtOnce(String hex, String message) {
		assertThatExceptionOfType(AmqpDecodeException.class).isThrownBy(() -> message(hex))
			.withMessageContaining(message);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			005370 5401,                list expected
			005370 c00301 4141,         1 bytes follow the last element of HEADER
			005370 c00401 a10161,       boolean expected
			005373 c00301 5401,         message or correlation id
			005374 c10301 4040,         a key without a value
			005374 c10302 4040,         must not be null
			005372 c10402 540140,     must be a symbol
			005375 a10161,              binary expected
			005376 a10161,              must be a list
			005377 7300110000,          char is not Unicode
			""")
	void malformedContentIsRefusedWhenDecoded(String hex, String message) {
		EncodedMessage encoded = message(hex);
		assertThatExceptionOfType(AmqpDecodeException.class).isThrownBy(encoded::decode).withMessageContaining(message);
	}

	@Test
	void fieldsThatWeDoNotKnowArePassedOver() {
		EncodedMessage message = message("005370 c00a07 4140404043 a10161 45");
		assertThat(message.header()).isEqualTo(Header.EMPTY.withDurable(true).withDeliveryCount(0L));
	}

	@Test
	void unknownSectionsSurviveEditing() {
		EncodedMessage message = message("005301a10161 005375a000 00a30178 45 005378c10702a1016ba10176");
		assertThat(message.unknownSections()).hasSize(2);
		assertThat(HexFormat.of().formatHex(message.edit().header(Header.EMPTY.withDeliveryCount(1L)).encode()))
			.isEqualTo("005370c0070540404040" + "5201" + "005375a000" + "005301a10161" + "00a3017845"
					+ "005378c10702a3016ba10176");
	}

	@Test
	void keysOfAnnotationsAndFooterBecomeSymbols() {
		EncodedMessage message = message(
				"005371c10702a1016ba10176 005372c10702a0016ba10176 005375a000 005378c10602 5305 a10176");
		assertThat(message.deliveryAnnotations()).containsExactly(Map.entry(Symbol.of("k"), "v"));
		assertThat(message.messageAnnotations()).containsExactly(Map.entry(Symbol.of("k"), "v"));
		assertThat(message.deliveryAnnotation(Symbol.of("k"))).isEqualTo("v");
		assertThat(message.footer()).containsExactly(Map.entry(Symbol.of("5"), "v"));
		assertThat(HexFormat.of().formatHex(message.edit().encode())).isEqualTo(
				"005371c10702a3016ba10176" + "005372c10702a3016ba10176" + "005375a000" + "005378c10702a30135a10176");
	}

	@Test
	void annotationIsFoundWithoutDecodingTheOthers() {
		AmqpWriter writer = new AmqpWriter();
		writer.writeDescriptor(SectionCode.MESSAGE_ANNOTATIONS.descriptor());
		int start = writer.beginMap();
		writer.writeSymbol(Symbol.of("broken"));
		writer.writeEncoded(HexFormat.of().parseHex("7300110000"), 0, 5);
		writer.writeSymbol(SEQUENCE_NUMBER);
		writer.writeLong(4711);
		writer.endMap(start, 2);
		EncodedMessage message = EncodedMessage.of(writer.toByteArray());
		assertThat(message.messageAnnotation(SEQUENCE_NUMBER)).isEqualTo(4711L);
		assertThatExceptionOfType(AmqpDecodeException.class).isThrownBy(message::messageAnnotations);
	}

	@Test
	void applicationPropertyIsFoundWithoutDecodingTheOthers() {
		AmqpWriter writer = new AmqpWriter();
		writer.writeDescriptor(SectionCode.APPLICATION_PROPERTIES.descriptor());
		int start = writer.beginMap();
		writer.writeString("broken");
		writer.writeEncoded(HexFormat.of().parseHex("7300110000"), 0, 5);
		writer.writeString("attempts");
		writer.writeLong(3);
		writer.endMap(start, 2);
		EncodedMessage message = EncodedMessage.of(writer.toByteArray());
		assertThat(message.applicationProperty("attempts")).isEqualTo(3L);
		assertThatExceptionOfType(AmqpDecodeException.class).isThrownBy(message::applicationProperties);
	}

	@Test
	void applicationPropertyIsTheSameBeforeAndAfterAllAreDecoded() {
		EncodedMessage message = EncodedMessage
			.of(AmqpMessage.builder().applicationProperties(Map.of("a", 1)).build().encode());
		assertThat(message.applicationProperty("a")).isEqualTo(1);
		assertThat(message.applicationProperty("b")).isNull();
		assertThat(message.applicationProperties()).containsExactly(Map.entry("a", 1));
		assertThat(message.applicationProperty("a")).isEqualTo(1);
		assertThat(EncodedMessage.of(AmqpMessage.builder().build().encode()).applicationProperty("a")).isNull();
	}

	@Test
	void sectionsAreDecodedOnce() {
		EncodedMessage message = EncodedMessage
			.of(AmqpMessage.builder().applicationProperties(Map.of("a", 1)).build().encode());
		assertThat(message.applicationProperties()).isSameAs(message.applicationProperties());
		assertThat(message.body()).isSameAs(message.body());
	}

	@Test
	void valuesOutOfRangeAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Header.EMPTY.withTtl(1L << 32))
			.withMessage("ttl must be from 0 to 4294967295 but is 4294967296");
		assertThatIllegalArgumentException().isThrownBy(() -> Header.EMPTY.withPriority(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> Properties.builder().messageId(1).build())
			.withMessageContaining("java.lang.Integer");
		AmqpMessage message = AmqpMessage.builder().applicationProperties(Map.of("a", new Object())).build();
		assertThatIllegalArgumentException().isThrownBy(message::encode).withMessageContaining("no AMQP type");
	}

	@Test
	void copiesOfPropertiesAreEqual() {
		Properties properties = RandomMessages.ofAllTypes(new Random(7)).next().properties();
		assertThat(properties.mutate().build()).isEqualTo(properties);
	}

	private static String hex(AmqpMessage message) {
		return HexFormat.of().formatHex(message.encode());
	}

	private static String slice(EncodedMessage message, SectionCode code) {
		ByteSlice slice = message.section(code);
		return HexFormat.of().formatHex(slice.array(), slice.offset(), slice.offset() + slice.length());
	}

	private static EncodedMessage message(String hex) {
		return EncodedMessage.of(HexFormat.of().parseHex(hex.replace(" ", "")));
	}

}
