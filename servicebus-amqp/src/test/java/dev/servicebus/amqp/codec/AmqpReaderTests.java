package dev.servicebus.amqp.codec;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import dev.servicebus.amqp.type.CodePoint;
import dev.servicebus.amqp.type.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(10)
class AmqpReaderTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                     | 1 bytes expected but 0 left
			71000000               | 4 bytes expected but 3 left
			a105616263             | 5 bytes expected but 3 left
			b1ffffffff61           | 4294967295 bytes expected but 1 left
			b17fffffff61           | 2147483647 bytes expected but 1 left
			3f                     | unknown constructor 0x3f
			46                     | unknown constructor 0x46
			5602                   | boolean must be 0 or 1 but is 2
			a102c328               | string is not UTF-8
			a301e4                 | symbol is not ASCII
			7300110000             | char is not Unicode
			c00100                 | ''
			c00205                 | 2 bytes expected but 1 left
			c00205 40              | count 5 does not fit size 2
			c000                   | leaves no room for a count
			c0030140 40            | bytes follow the last element
			c1020140               | map has a key without a value
			c10302 4040            | map key must be a simple value but is null
			c10302 4540            | map key must be a simple value
			d0000000050000ffff40   | count 65535 does not fit size 5
			e0020581               | array of 5 elements does not fit 0 bytes
			e00d01 00 5301 00 5302 81 0000000000 | unknown constructor 0x00
			f0000000057fffffff 45  | array of 2147483647 elements does not fit
			00 40 40               | descriptor must not be null
			""")
	void malformedBytesAreRefused(String hex, String message) {
		AmqpReader reader = reader(hex);
		if (message.isEmpty()) {
			assertThat(reader.readValue()).isEqualTo(List.of());
			return;
		}
		assertThatExceptionOfType(AmqpDecodeException.class).isThrownBy(reader::readValue)
			.withMessageContaining(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "c0c0", "d00000ffff00000001", "0045", "e045f0" })
	void valuesNestedTooDeepAreRefused(String unit) {
		byte[] bytes = HexFormat.of().parseHex(unit.repeat(100_000));
		assertThatExceptionOfType(AmqpDecodeException.class).isThrownBy(new AmqpReader(bytes)::readValue);
	}

	@Test
	void thirtyTwoLevelsAreReadAndThirtyThreeAreNot() {
		assertThat(reader(nestedLists(32)).readValue()).isInstanceOf(List.class);
		assertThatExceptionOfType(AmqpDecodeException.class).isThrownBy(reader(nestedLists(33))::readValue)
			.withMessageContaining("nested deeper than 32");
	}

	@Test
	void elementsWithoutWidthAreLimitedForAllArraysTogether() {
		assertThat((Object[]) reader("f00000000500000400 41").readValue()).hasSize(1024).containsOnly(true);
		assertThatExceptionOfType(AmqpDecodeException.class).isThrownBy(reader("f00000000500000401 41")::readValue);
		AmqpReader two = reader("f00000000500000400 41 f00000000500000001 41");
		two.readValue();
		assertThatExceptionOfType(AmqpDecodeException.class).isThrownBy(two::readValue);
	}

	@Test
	void describedValuesAreSkippedWithoutRecursion() {
		byte[] bytes = new byte[1_000_001];
		assertThatExceptionOfType(AmqpDecodeException.class).isThrownBy(new AmqpReader(bytes)::skipValue);
		AmqpReader reader = reader("00 00 5301 5302 00 5303 45 41");
		reader.skipValue();
		assertThat(reader.readValue()).isEqualTo(true);
	}

	@Test
	void textIsReadWhateverItsType() {
		assertThat(reader("a10161").readSymbol()).isEqualTo(Symbol.of("a"));
		assertThat(reader("a30161").readString()).isEqualTo("a");
		assertThat(reader("40").readString()).isNull();
		assertThatExceptionOfType(AmqpDecodeException.class).isThrownBy(reader("5401")::readString)
			.withMessageContaining("string expected but found constructor 0x54");
	}

	@Test
	void replacementCharacterThatWasReallySentIsKept() {
		assertThat(reader("a103efbfbd").readString()).isEqualTo("\uFFFD");
	}

	@Test
	void textIsComparedInPassing() {
		AmqpReader reader = reader("a3026162 a1026162 a3026163 5401 41");
		Symbol expected = Symbol.of("ab");
		assertThat(reader.skipText(expected)).isTrue();
		assertThat(reader.skipText(expected)).isTrue();
		assertThat(reader.skipText(expected)).isFalse();
		assertThat(reader.skipText(expected)).isFalse();
		assertThat(reader.readBoolean()).isTrue();
	}

	@Test
	void characterBeyondTheBasicPlaneIsACodePoint() {
		assertThat(reader("730001f600").readValue()).isEqualTo(new CodePoint(0x1F600));
		assertThat(reader("7300000061").readValue()).isEqualTo('a');
		assertThat(reader("e00a0273 00000061 0001f600").readValue())
			.isEqualTo(new CodePoint[] { new CodePoint('a'), new CodePoint(0x1F600) });
	}

	@Test
	void bytesOutsideThePartAreNotTouched() {
		byte[] bytes = HexFormat.of().parseHex("ff5401ff");
		assertThat(new AmqpReader(bytes, 1, 2).readValue()).isEqualTo(1);
		assertThatExceptionOfType(AmqpDecodeException.class).isThrownBy(new AmqpReader(bytes, 1, 1)::readValue);
	}

	@Test
	void whatCannotBeReadBackIsNotWritten() {
		AmqpWriter writer = new AmqpWriter();
		assertThatIllegalArgumentException().isThrownBy(() -> writer.writeValue(new Object()))
			.withMessage("no AMQP type for java.lang.Object");
		assertThatIllegalArgumentException().isThrownBy(() -> writer.writeValue(new Object[] { 1, "a" }));
		assertThatIllegalArgumentException().isThrownBy(() -> writer.writeValue(Symbol.of("ä")));
		List<Object> endless = new ArrayList<>();
		endless.add(endless);
		assertThatIllegalArgumentException().isThrownBy(() -> writer.writeValue(endless))
			.withMessageContaining("nested deeper than 32");
	}

	private static String nestedLists(int levels) {
		StringBuilder hex = new StringBuilder();
		for (int level = levels; level > 1; level--) {
			hex.append("d0%08x00000001".formatted(4 + 9 * (level - 2) + 3));
		}
		return hex.append("c00100").toString();
	}

	private static AmqpReader reader(String hex) {
		return new AmqpReader(HexFormat.of().parseHex(hex.replace(" ", "")));
	}

}
