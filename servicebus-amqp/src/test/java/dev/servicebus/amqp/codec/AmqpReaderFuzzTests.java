package dev.servicebus.amqp.codec;

import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changed bytes must end in a value or in {@link AmqpDecodeException}, and what was read
 * can be written. The system property {@code servicebus.fuzz.runs} sets the number of
 * changed values.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class AmqpReaderFuzzTests {

	private static final int RUNS = Integer.getInteger("servicebus.fuzz.runs", 100_000);

	private final AmqpWriter writer = new AmqpWriter();

	private int refused;

	@Test
	void mutatedValuesAreReadOrRefused() {
		long seed = new Random().nextLong();
		for (int i = 0; i < RUNS; i++) {
			Random random = new Random(seed + i);
			try {
				this.writer.reset();
				this.writer.writeValue(RandomValues.ofAllTypes(random).any(3));
				tryOut(Mutation.of(this.writer.toByteArray(), random));
			}
			catch (Throwable ex) {
				throw new AssertionError("seed " + (seed + i), ex);
			}
		}
		assertThat(this.refused).as("values refused").isBetween(RUNS / 20, RUNS);
	}

	private void tryOut(byte[] bytes) {
		Object value;
		try {
			value = new AmqpReader(bytes).readValue();
		}
		catch (AmqpDecodeException ex) {
			this.refused++;
			return;
		}
		this.writer.reset();
		this.writer.writeValue(value);
		assertThat(Rendering.of(new AmqpReader(this.writer.toByteArray()).readValue())).isEqualTo(Rendering.of(value));
	}

}
