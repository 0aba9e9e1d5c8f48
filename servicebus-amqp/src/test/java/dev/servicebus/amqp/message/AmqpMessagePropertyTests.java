package dev.servicebus.amqp.message;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.servicebus.amqp.codec.AmqpWriter;
import dev.servicebus.amqp.type.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every message, tried on many.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AmqpMessagePropertyTests {

	private static final int MESSAGES = 3_000;

	@Test
	void whatIsEncodedIsDecodedAgain() {
		forManyMessages(RandomMessages::ofAllTypes, (message) -> {
			AmqpMessage decoded = EncodedMessage.of(message.encode()).decode();
			assertThat(ProtonMessages.render(decoded)).isEqualTo(ProtonMessages.render(message));
		});
	}

	@Test
	void protonDecodesWhatIsEncoded() {
		forManyMessages(RandomMessages::knownToProton,
				(message) -> assertThat(ProtonMessages.render(ProtonMessages.decode(message.encode())))
					.isEqualTo(ProtonMessages.render(message)));
	}

	@Test
	void whatProtonEncodesIsDecoded() {
		forManyMessages(RandomMessages::knownToProton,
				(message) -> assertThat(
						ProtonMessages.render(EncodedMessage.of(ProtonMessages.encode(message)).decode()))
					.isEqualTo(ProtonMessages.render(message)));
	}

	@Test
	void sizeIsThatOfTheEncodedMessage() {
		forManyMessages(RandomMessages::ofAllTypes,
				(message) -> assertThat(message.encodedSize()).isEqualTo(message.encode().length));
	}

	@Test
	void messageInTheMiddleOfAnArrayIsDecoded() {
		forManyMessages(RandomMessages::ofAllTypes, (message) -> {
			AmqpWriter writer = new AmqpWriter(1);
			writer.writeLong(Long.MAX_VALUE);
			int offset = writer.size();
			message.encodeTo(writer);
			int length = writer.size() - offset;
			writer.writeLong(Long.MIN_VALUE);
			AmqpMessage decoded = EncodedMessage.of(writer.buffer(), offset, length).decode();
			assertThat(ProtonMessages.render(decoded)).isEqualTo(ProtonMessages.render(message));
		});
	}

	@Test
	void singleAnnotationIsTheOneInTheMap() {
		forManyMessages(RandomMessages::ofAllTypes, (message) -> {
			byte[] bytes = message.encode();
			message.messageAnnotations().forEach((key, value) -> {
				Object found = EncodedMessage.of(bytes).messageAnnotation(key);
				assertThat(found).usingRecursiveComparison().isEqualTo(value);
			});
			assertThat(EncodedMessage.of(bytes).messageAnnotation(Symbol.of("absent"))).isNull();
		});
	}

	@Test
	void replacedSectionsAreNewAndAllOthersKeepTheirBytes() {
		forManyMessages(RandomMessages::ofAllTypes, (message) -> {
			EncodedMessage original = EncodedMessage.of(message.encode());
			AmqpMessage other = RandomMessages.ofAllTypes(new Random(original.size())).next();
			byte[] edited = original.edit()
				.header(other.header())
				.deliveryAnnotations(other.deliveryAnnotations())
				.messageAnnotations(other.messageAnnotations())
				.encode();
			AmqpMessage expected = message.mutate()
				.header(other.header())
				.deliveryAnnotations(other.deliveryAnnotations())
				.messageAnnotations(other.messageAnnotations())
				.build();
			assertThat(edited).isEqualTo(expected.encode());
		});
	}

	@Test
	void everyReplaceableSectionCanBeReplaced() {
		forManyMessages(RandomMessages::ofAllTypes, (message) -> {
			AmqpMessage other = RandomMessages.ofAllTypes(new Random(message.hashCode())).next();
			EncodedMessage original = EncodedMessage.of(message.encode());
			assertThat(original.edit().encode()).isEqualTo(message.encode());
			byte[] edited = original.edit()
				.properties(other.properties())
				.applicationProperties(other.applicationProperties())
				.body(other.body())
				.encode();
			assertThat(edited).isEqualTo(message.mutate()
				.properties(other.properties())
				.applicationProperties(other.applicationProperties())
				.body(other.body())
				.build()
				.encode());
		});
	}

	private static void forManyMessages(Function<Random, RandomMessages> kind, Consumer<AmqpMessage> property) {
		long seed = new Random().nextLong();
		for (int i = 0; i < MESSAGES; i++) {
			try {
				property.accept(kind.apply(new Random(seed + i)).next());
			}
			catch (Throwable ex) {
				throw new AssertionError("seed " + (seed + i), ex);
			}
		}
	}

}
