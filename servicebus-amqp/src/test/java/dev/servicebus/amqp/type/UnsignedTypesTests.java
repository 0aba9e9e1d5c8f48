package dev.servicebus.amqp.type;

import java.math.BigInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(10)
class UnsignedTypesTests {

	@Test
	void valuesOutsideTheRangeAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> UnsignedByte.of(256)).withMessageContaining("256");
		assertThatIllegalArgumentException().isThrownBy(() -> UnsignedShort.of(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> UnsignedInteger.of(1L << 32));
		assertThatIllegalArgumentException().isThrownBy(() -> UnsignedLong.of(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> UnsignedLong.of(BigInteger.ONE.shiftLeft(64)));
	}

	@Test
	void largestValuesAreUnsigned() {
		assertThat(UnsignedInteger.ofBits(-1)).isEqualTo(UnsignedInteger.MAX_VALUE).hasToString("4294967295");
		assertThat(UnsignedInteger.MAX_VALUE.longValue()).isEqualTo(4_294_967_295L);
		assertThat(UnsignedLong.MAX_VALUE).hasToString("18446744073709551615");
		assertThat(UnsignedLong.of(UnsignedLong.MAX_VALUE.toBigInteger())).isEqualTo(UnsignedLong.MAX_VALUE);
		assertThat(UnsignedLong.MAX_VALUE.doubleValue()).isEqualTo(0x1.0p64);
	}

	@Test
	void orderIsUnsigned() {
		assertThat(UnsignedInteger.MAX_VALUE).isGreaterThan(UnsignedInteger.of(1));
		assertThat(UnsignedLong.MAX_VALUE).isGreaterThan(UnsignedLong.of(Long.MAX_VALUE));
		assertThat(UnsignedShort.of(65_535)).isGreaterThan(UnsignedShort.of(1));
		assertThat(UnsignedByte.of(255)).isGreaterThan(UnsignedByte.of(1));
	}

	@Test
	void equalValuesOfOneTypeAreEqual() {
		assertThat(UnsignedLong.of(300)).isEqualTo(UnsignedLong.of(300)).hasSameHashCodeAs(UnsignedLong.of(300));
		assertThat(UnsignedLong.of(3)).isSameAs(UnsignedLong.of(3));
		assertThat((Number) UnsignedByte.of(3)).isNotEqualTo(UnsignedShort.of(3));
	}

	@Test
	void codePointBeyondUnicodeIsRefused() {
		assertThat(new CodePoint(0x1F600)).hasToString("\uD83D\uDE00");
		assertThatIllegalArgumentException().isThrownBy(() -> new CodePoint(0x110000));
	}

}
