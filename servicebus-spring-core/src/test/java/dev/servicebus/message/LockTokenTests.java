package dev.servicebus.message;

import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class LockTokenTests {

	private static final UUID TOKEN = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

	private static final byte[] TAG = HexFormat.of().parseHex("33221100554477668899aabbccddeeff");

	@Test
	void deliveryTagHasTheByteOrderOfAGuid() {
		assertThat(LockToken.ofDeliveryTag(TAG)).isEqualTo(TOKEN);
		assertThat(LockToken.toDeliveryTag(TOKEN)).isEqualTo(TAG);
	}

	@RepeatedTest(100)
	void everyTokenSurvivesTheRoundTrip() {
		UUID token = UUID.randomUUID();
		assertThat(LockToken.ofDeliveryTag(LockToken.toDeliveryTag(token))).isEqualTo(token);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 4, 15, 17, 32 })
	void tagOfAnotherLengthIsNoToken(int length) {
		assertThatExceptionOfType(InvalidLockTokenException.class)
			.isThrownBy(() -> LockToken.ofDeliveryTag(new byte[length]))
			.withMessage("Delivery tag of a locked message must have 16 bytes but has " + length);
	}

}
