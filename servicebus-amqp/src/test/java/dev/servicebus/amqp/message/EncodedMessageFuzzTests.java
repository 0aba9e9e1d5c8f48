package dev.servicebus.amqp.message;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.codec.Mutation;
import dev.servicebus.amqp.type.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changed messages must be decoded or end in {@link AmqpDecodeException}, and what was
 * decoded can be edited and encoded. The system property {@code servicebus.fuzz.runs}
 * sets the number of changed messages.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class EncodedMessageFuzzTests {

	private static final int RUNS = Integer.getInteger("servicebus.fuzz.runs", 200_000);

	private static final int ORIGINALS = 500;

	private int refused;

	@Test
	void mutatedMessagesAreDecodedOrRefused() {
		long seed = new Random().nextLong();
		RandomMessages messages = RandomMessages.ofAllTypes(new Random(seed));
		List<byte[]> originals = Stream.generate(messages::next).limit(ORIGINALS).map(AmqpMessage::encode).toList();
		for (int i = 0; i < RUNS; i++) {
			byte[] mutated = Mutation.of(originals.get(i % ORIGINALS), new Random(seed + i));
			try {
				tryOut(mutated);
			}
			catch (Throwable ex) {
				throw new AssertionError("seed " + seed + ", run " + i, ex);
			}
		}
		assertThat(this.refused).as("messages refused").isBetween(RUNS / 20, RUNS);
	}

	private void tryOut(byte[] bytes) {
		EncodedMessage message;
		AmqpMessage decoded;
		try {
			message = EncodedMessage.of(bytes);
			message.messageAnnotation(Symbol.of("x-opt-locked-until"));
			message.deliveryAnnotation(Symbol.of("x-opt-lock-token"));
			message.data();
			decoded = message.decode();
		}
		catch (AmqpDecodeException ex) {
			this.refused++;
			return;
		}
		EncodedMessage edited = EncodedMessage.of(message.edit().header(decoded.header()).encode());
		assertThat(ProtonMessages.render(edited.decode())).isEqualTo(ProtonMessages.render(decoded));
		assertThat(ProtonMessages.render(EncodedMessage.of(decoded.encode()).decode()))
			.isEqualTo(ProtonMessages.render(decoded).replace("data []", "data [binary:]"));
	}

}
