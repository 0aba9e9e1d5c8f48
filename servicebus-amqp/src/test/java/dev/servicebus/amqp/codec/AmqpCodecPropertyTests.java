package dev.servicebus.amqp.codec;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every value, tried on many.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AmqpCodecPropertyTests {

	private static final int VALUES = 10_000;

	private final ProtonCodec proton = new ProtonCodec();

	@Test
	void whatIsWrittenIsReadAgain() {
		forManyValues(RandomValues::ofAllTypes, (value) -> {
			byte[] bytes = encode(value);
			AmqpReader reader = new AmqpReader(bytes);
			assertThat(Rendering.of(reader.readValue())).isEqualTo(Rendering.of(value));
			assertThat(reader.hasRemaining()).isFalse();
		});
	}

	@Test
	void whatIsReadIsWrittenWithTheSameBytes() {
		forManyValues(RandomValues::ofAllTypes, (value) -> {
			byte[] bytes = encode(value);
			assertThat(encode(new AmqpReader(bytes).readValue())).isEqualTo(bytes);
		});
	}

	@Test
	void skippingEndsWhereReadingEnds() {
		forManyValues(RandomValues::ofAllTypes, (value) -> {
			byte[] bytes = encode(value);
			AmqpReader reader = new AmqpReader(bytes);
			reader.skipValue();
			assertThat(reader.position()).isEqualTo(bytes.length);
		});
	}

	@Test
	void protonReadsWhatIsWritten() {
		forManyValues(RandomValues::knownToProton, (value) -> {
			assertThat(Rendering.of(this.proton.decode(encode(value)))).isEqualTo(Rendering.of(value));
		});
	}

	@Test
	void whatProtonWritesIsRead() {
		forManyValues(RandomValues::knownToProton, (value) -> {
			Object read = new AmqpReader(this.proton.encode(value)).readValue();
			assertThat(Rendering.of(read)).isEqualTo(Rendering.of(value));
		});
	}

	private static byte[] encode(Object value) {
		AmqpWriter writer = new AmqpWriter(16);
		writer.writeValue(value);
		return writer.toByteArray();
	}

	private static void forManyValues(Function<Random, RandomValues> types, Consumer<Object> property) {
		long seed = new Random().nextLong();
		for (int i = 0; i < VALUES; i++) {
			Object value = types.apply(new Random(seed + i)).any(3);
			try {
				property.accept(value);
			}
			catch (Throwable ex) {
				throw new AssertionError("seed " + (seed + i) + ", value " + Rendering.of(value), ex);
			}
		}
	}

}
