package dev.servicebus.emulator.amqp;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections whose bytes make less and less sense. Whatever arrives, the broker answers
 * or closes; it never fails itself, and others are not disturbed.
 */
@Timeout(3600)
class WireFuzzTests {

	private static final int RUNS = Integer.getInteger("servicebus.fuzz.runs", 2000);

	private static final int RUNS_OF_A_BROKER = 500;

	private TestBench bench = TestBench.withQueue("orders");

	@Test
	void mutatedConversationsEndInAnAnswer() {
		byte[] conversation = conversation();
		long seed = new Random().nextLong();
		for (int i = 0; i < RUNS; i++) {
			Random random = new Random(seed + i);
			try {
				tryOut(mutate(conversation, random), random);
			}
			catch (Throwable ex) {
				throw new AssertionError("seed " + (seed + i), ex);
			}
			if (i % RUNS_OF_A_BROKER == RUNS_OF_A_BROKER - 1) {
				assertOthersAreServed();
				this.bench = TestBench.withQueue("orders");
			}
		}
		assertOthersAreServed();
	}

	private void tryOut(byte[] bytes, Random random) {
		RawWire wire = new RawWire(this.bench);
		int cut = random.nextInt(bytes.length + 1);
		wire.send(Arrays.copyOfRange(bytes, 0, cut));
		wire.send(Arrays.copyOfRange(bytes, cut, bytes.length));
		this.bench.run();
		// What the broker says when it has failed itself.
		assertThat(wire.text()).doesNotContain("internal-error");
		wire.cut();
		this.bench.run();
	}

	private void assertOthersAreServed() {
		TestClient client = this.bench.connect();
		assertThat(client.attachSender("orders").send(TestMessages.withId("after")))
			.isEqualTo(DeliveryState.Accepted.INSTANCE);
	}

	/**
	 * Everything that a connection can be used for.
	 */
	private byte[] conversation() {
		byte[] request = AmqpMessage.builder()
			.properties(Properties.builder().messageId("1").replyTo("me").build())
			.applicationProperties(Map.of("operation", "com.microsoft:peek-message"))
			.value(Map.of("from-sequence-number", 0L, "message-count", 1))
			.build()
			.encode();
		return new RawWire(this.bench).greet()
			.attachSender(0, "orders")
			.transfer(0, TestMessages.withId("1").encode())
			.attachReceiver(1, "orders")
			.flow(1, 0, 10, false)
			.attachReceiver(2, "orders/$management")
			.flow(2, 0, 10, false)
			.attachSender(3, "orders/$management")
			.transfer(3, request)
			.attachReceiver(4, "$cbs")
			.take();
	}

	private static byte[] mutate(byte[] original, Random random) {
		byte[] bytes = original.clone();
		for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
			int index = random.nextInt(bytes.length);
			int other = random.nextInt(bytes.length);
			switch (random.nextInt(5)) {
				case 0 -> bytes[index] = (byte) random.nextInt();
				case 1 -> bytes[index] ^= (byte) (1 << random.nextInt(8));
				case 2 -> bytes = splice(bytes, index, index + random.nextInt(bytes.length - index), new byte[0]);
				case 3 -> bytes = splice(bytes, index, index,
						Arrays.copyOfRange(bytes, Math.min(index, other), Math.max(index, other)));
				default -> {
					byte[] noise = new byte[random.nextInt(64)];
					random.nextBytes(noise);
					bytes = splice(bytes, index, index, noise);
				}
			}
		}
		return bytes;
	}

	private static byte[] splice(byte[] bytes, int start, int end, byte[] middle) {
		byte[] spliced = Arrays.copyOf(bytes, start + middle.length + bytes.length - end);
		System.arraycopy(middle, 0, spliced, start, middle.length);
		System.arraycopy(bytes, end, spliced, start + middle.length, bytes.length - end);
		return spliced;
	}

}
