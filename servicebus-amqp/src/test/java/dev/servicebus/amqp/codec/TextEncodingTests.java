package dev.servicebus.amqp.codec;

import dev.servicebus.amqp.type.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(10)
class TextEncodingTests {

	private final AmqpWriter writer = new AmqpWriter(1);

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 254, 255, 256, 257, 1000 })
	void asciiOfEveryLengthComesBack(int length) {
		assertComesBack("a".repeat(length));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 84, 85, 126, 127, 254, 255, 256, 1000 })
	void textWhoseLastCharacterIsNotAsciiComesBack(int length) {
		assertComesBack("a".repeat(length) + "\u20AC");
		assertComesBack("\u00FC".repeat(length));
	}

	@Test
	void aRefusedSymbolLeavesWhatWasWrittenBefore() {
		this.writer.writeString("before");
		assertThatIllegalArgumentException().isThrownBy(() -> this.writer.writeSymbol(Symbol.of("symb\u00F6l")))
			.withMessage("symbol must be ASCII but is 'symb\u00F6l'");
		this.writer.writeSymbol(Symbol.of("after"));

		AmqpReader reader = new AmqpReader(this.writer.toByteArray());
		assertThat(reader.readString()).isEqualTo("before");
		assertThat(reader.readSymbol()).isEqualTo(Symbol.of("after"));
		assertThat(reader.hasRemaining()).isFalse();
	}

	private void assertComesBack(String text) {
		this.writer.reset();
		this.writer.writeString(text);
		this.writer.writeBoolean(true);

		AmqpReader reader = new AmqpReader(this.writer.toByteArray());
		assertThat(reader.readString()).isEqualTo(text);
		assertThat(reader.readBoolean()).isTrue();
		assertThat(reader.hasRemaining()).isFalse();
	}

}
