package dev.servicebus.message;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.message.SectionCode;
import dev.servicebus.amqp.type.Symbol;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MessageBatchEncoderTests {

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_000L));

	private static final MessageEncoder ENCODER = new MessageEncoder(CLOCK);

	@Test
	void formatIsTheOneThatTheServiceUnpacks() {
		assertThat(Integer.toUnsignedLong(MessageBatchEncoder.MESSAGE_FORMAT)).isEqualTo(2147563264L);
	}

	@Test
	void eachMessageIsADataSectionOfItsOwn() {
		List<ServiceBusMessage> messages = List.of(ServiceBusMessage.of("one"), ServiceBusMessageTests.full());
		MessageBatchEncoder batch = new MessageBatchEncoder(1024, CLOCK);
		messages.forEach(batch::tryAdd);
		assertThat(unpack(batch.encode())).containsExactly(ENCODER.encode(messages.get(0)),
				ENCODER.encode(messages.get(1)));
	}

	@Test
	void envelopeRoutesTheBatchLikeItsFirstMessage() {
		MessageBatchEncoder batch = new MessageBatchEncoder(1024, CLOCK);
		batch.tryAdd(ServiceBusMessageTests.full());
		batch.tryAdd(ServiceBusMessage.builder().messageId("second").build());
		EncodedMessage envelope = EncodedMessage.of(batch.encode());
		assertThat(envelope.messageAnnotations()).containsOnlyKeys(Symbol.of("x-opt-partition-key"));
		assertThat(envelope.properties().messageId()).isEqualTo("id");
		assertThat(envelope.properties().groupId()).isEqualTo("session");
		assertThat(envelope.section(SectionCode.APPLICATION_PROPERTIES)).isNull();
	}

	@Test
	void batchOfPlainMessagesHasNoEnvelope() {
		MessageBatchEncoder batch = new MessageBatchEncoder(1024, CLOCK);
		batch.tryAdd(ServiceBusMessage.of("x"));
		assertThat(batch.encode()).containsExactly(0x00, 0x53, 0x75, 0xa0, 6, 0x00, 0x53, 0x75, 0xa0, 1, 'x');
	}

	/** Lengths around which the framing grows from 5 to 8 bytes. */
	@ParameterizedTest
	@ValueSource(ints = { 249, 250, 251, 255, 256, 70_000 })
	void messageFitsExactlyWhenItsFramedSizeDoes(int bodyLength) {
		ServiceBusMessage message = ServiceBusMessage.of(new byte[bodyLength]);
		int length = ENCODER.encode(message).length;
		int framed = length + ((length <= 255) ? 5 : 8);
		assertThat(new MessageBatchEncoder(framed, CLOCK).tryAdd(message)).isTrue();
		assertThat(new MessageBatchEncoder(framed - 1, CLOCK).tryAdd(message)).isFalse();
	}

	@Test
	void messageThatDoesNotFitLeavesTheBatchAsItWas() {
		MessageBatchEncoder batch = new MessageBatchEncoder(200, CLOCK);
		assertThat(batch.tryAdd(ServiceBusMessage.of(new byte[300]))).isFalse();
		assertThat(batch.size()).isZero();
		assertThat(batch.tryAdd(ServiceBusMessage.of("small"))).isTrue();
		byte[] before = batch.encode();
		assertThat(batch.tryAdd(ServiceBusMessage.of(new byte[300]))).isFalse();
		assertThat(batch.encode()).isEqualTo(before);
		assertThat(batch.count()).isEqualTo(1);
		assertThat(batch.tryAdd(ServiceBusMessage.of("smaller"))).isTrue();
	}

	@RepeatedTest(50)
	void predictedSizeIsTheRealSizeAndNothingIsDroppedOrRefusedWithoutNeed() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		int maxSize = 1024 + random.nextInt(64 * 1024);
		MessageBatchEncoder batch = new MessageBatchEncoder(maxSize, CLOCK);
		List<byte[]> added = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			ServiceBusMessage message = random(random);
			int before = batch.size();
			byte[] alone = ENCODER.encode(message);
			boolean first = added.isEmpty();
			boolean fits = batch.tryAdd(message);
			int framed = alone.length + ((alone.length <= 255) ? 5 : 8);
			if (fits) {
				added.add(alone);
			}
			else if (!first) {
				assertThat(before + framed).as("seed %d", seed).isGreaterThan(maxSize);
			}
			assertThat(batch.encode().length).as("seed %d", seed).isEqualTo(batch.size()).isLessThanOrEqualTo(maxSize);
			assertThat(batch.size() - before).as("seed %d", seed)
				.isGreaterThanOrEqualTo(fits ? framed : 0)
				.satisfies((growth) -> assertThat(first || growth == (fits ? framed : 0)).isTrue());
		}
		assertThat(batch.count()).as("seed %d", seed).isEqualTo(added.size());
		assertThat(unpack(batch.encode())).as("seed %d", seed).containsExactlyElementsOf(added);
	}

	@Test
	void limitHasToBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MessageBatchEncoder(0, CLOCK))
			.withMessage("maxSize must be positive but is 0");
	}

	private static List<byte[]> unpack(byte[] batch) {
		return ((MessageBody.Data) EncodedMessage.of(batch).body()).sections();
	}

	private static ServiceBusMessage random(Random random) {
		byte[] body = new byte[random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(600)];
		random.nextBytes(body);
		ServiceBusMessage.Builder builder = ServiceBusMessage.builder().body(body);
		if (random.nextBoolean()) {
			builder.messageId("m".repeat(random.nextInt(129)));
		}
		if (random.nextBoolean()) {
			builder.sessionId("s".repeat(random.nextInt(129)));
		}
		else if (random.nextBoolean()) {
			builder.partitionKey("ü".repeat(random.nextInt(129)));
		}
		if (random.nextBoolean()) {
			builder.timeToLive(Duration.ofMillis(1 + random.nextInt(Integer.MAX_VALUE)));
		}
		for (int i = random.nextInt(4); i > 0; i--) {
			builder.applicationProperty("key" + i, random.nextLong());
		}
		return builder.build();
	}

}
