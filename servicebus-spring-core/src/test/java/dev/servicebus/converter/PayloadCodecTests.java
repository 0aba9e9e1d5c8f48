package dev.servicebus.converter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.support.GenericMessage;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PayloadCodecTests {

	private final PayloadCodec codec = new PayloadCodec(JsonPayloads.converter(JsonMapper.builder().build()), "a cart");

	@Test
	void readsWhatItHasWritten() {
		byte[] bytes = this.codec.write(new Item("apple"));
		assertThat(bytes).asString().isEqualTo("{\"name\":\"apple\"}");
		assertThat(this.codec.read(bytes, Item.class)).isEqualTo(new Item("apple"));
	}

	@Test
	void hintTellsTheElementsOfAList() throws NoSuchMethodException {
		MethodParameter hint = new MethodParameter(PayloadCodecTests.class.getDeclaredMethod("handle", List.class), 0);
		Message<byte[]> message = new GenericMessage<>("[{\"name\":\"apple\"}]".getBytes(StandardCharsets.UTF_8));
		assertThat(this.codec.read(message, List.class, hint)).isEqualTo(List.of(new Item("apple")));
	}

	@Test
	void plainConverterIsAskedWithoutAHint() {
		PayloadCodec text = new PayloadCodec(new PlainConverter(), "a cart");
		Message<byte[]> message = new GenericMessage<>("apple".getBytes(StandardCharsets.UTF_8));
		assertThat(text.read(message, String.class, "hint")).isEqualTo("apple");
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> text.read(message, Item.class, "hint"))
			.withMessageContaining("a cart")
			.withMessageContaining(Item.class.getName())
			.satisfies((failure) -> assertThat(failure.getFailedMessage()).isSameAs(message));
	}

	@Test
	void whatIsNotWrittenAsBytesIsRefused() {
		PayloadCodec text = new PayloadCodec(new TextConverter(), "a cart");
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(() -> text.write(new Item("apple")))
			.withMessageContaining("a cart")
			.withMessageContaining(Item.class.getName());
	}

	static void handle(List<Item> items) {
	}

	record Item(String name) {

	}

	static class PlainConverter implements MessageConverter {

		@Override
		public Object fromMessage(Message<?> message, Class<?> targetClass) {
			return (targetClass == String.class) ? new String((byte[]) message.getPayload(), StandardCharsets.UTF_8)
					: null;
		}

		@Override
		public Message<?> toMessage(Object payload, MessageHeaders headers) {
			return null;
		}

	}

	static class TextConverter extends PlainConverter {

		@Override
		public Message<?> toMessage(Object payload, MessageHeaders headers) {
			return new GenericMessage<>(payload.toString(), Map.of());
		}

	}

}
