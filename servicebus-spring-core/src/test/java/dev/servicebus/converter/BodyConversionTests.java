package dev.servicebus.converter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.AbstractMessageConverter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import tools.jackson.databind.json.JsonMapper;

import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Bodies of all kinds, compressed and not, in several content types.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class BodyConversionTests {

	private static final int LIMIT = 10_000;

	private final ServiceBusMessageConverter converter = builder().build();

	private final ServiceBusMessageConverter compressing = builder().compression(new CompressionOptions(1000, LIMIT))
		.build();

	@ParameterizedTest
	@MethodSource("values")
	void valuesAndSequencesAreReadAsWhatTheyMean(ServiceBusMessage.Builder message, Class<?> type, Object expected) {
		assertThat(this.converter.fromServiceBusMessage(received(message), type)).isEqualTo(expected);
	}

	static Stream<Arguments> values() {
		UUID id = UUID.randomUUID();
		return Stream.of(Arguments.of(message().value("text"), String.class, "text"),
				Arguments.of(message().value(Symbol.of("text")), String.class, "text"),
				Arguments.of(message().value("{\"id\":\"7\",\"count\":2}"), Order.class, new Order("7", 2)),
				Arguments.of(message().value(42), Integer.class, 42),
				Arguments.of(message().value(UnsignedInteger.of(42)), Long.class, 42L),
				Arguments.of(message().value(true), Boolean.class, true),
				Arguments.of(message().value(id), UUID.class, id),
				Arguments.of(message().value(Map.of("id", "7", "count", 2L)), Order.class, new Order("7", 2)),
				Arguments.of(message().value(Map.of(Symbol.of("id"), "7")), String.class, "{\"id\":\"7\"}"),
				Arguments.of(message().value(List.of("a", "b")), String[].class, new String[] { "a", "b" }),
				Arguments.of(message().sequence(List.of(1, 2L, "3")), List.class, List.of(1, 2, "3")),
				Arguments.of(message().value(null), String.class, ""), Arguments.of(message(), String.class, ""));
	}

	@Test
	void valueNeedsAConverterOfItsContent() {
		ServiceBusReceivedMessage message = received(message().value(Map.of("id", "7")));
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> ServiceBusMessageConverter.simple().fromServiceBusMessage(message, String.class));
	}

	@Test
	void optionalMayHaveNoBody() {
		assertThat(this.converter.toServiceBusMessage(Optional.empty(), Map.of("region", "eu")))
			.satisfies((message) -> {
				assertThat(message.bodyAsBytes()).isEmpty();
				assertThat(message.contentType()).isNull();
				assertThat(message.applicationProperties()).containsEntry("region", "eu");
			});
		assertThat(this.converter.toServiceBusMessage(Optional.of("x"), Map.of()).bodyAsString()).isEqualTo("x");
	}

	@Test
	void largeBodiesAreCompressed() {
		String large = "x".repeat(1000);
		ServiceBusMessage message = this.compressing.toServiceBusMessage(large, Map.of());
		assertThat(message.contentEncoding()).isEqualTo("gzip");
		assertThat(message.contentType()).isEqualTo("text/plain;charset=utf-8");
		assertThat(message.bodyAsBytes()).hasSizeLessThan(100);
		assertThat(this.converter.fromServiceBusMessage(received(message.mutate()), String.class)).isEqualTo(large);
		assertThat(this.converter.toMessage(received(message.mutate())).getPayload()).hasSize(1000);
		ServiceBusMessage copy = received(message.mutate()).toMessage();
		assertThat(this.converter.fromServiceBusMessage(received(copy.mutate()), String.class)).isEqualTo(large);
	}

	@Test
	void smallBodiesAndThoseThatDoNotShrinkAreLeftAlone() {
		byte[] noise = new byte[2000];
		new Random(1).nextBytes(noise);
		assertThat(this.compressing.toServiceBusMessage("x".repeat(999), Map.of()).contentEncoding()).isNull();
		assertThat(this.compressing.toServiceBusMessage(noise, Map.of()).contentEncoding()).isNull();
		assertThat(this.converter.toServiceBusMessage("x".repeat(1000), Map.of()).contentEncoding()).isNull();
	}

	@Test
	void bodyMayNotBecomeTooLarge() throws IOException {
		assertThat(this.compressing.fromServiceBusMessage(compressed("gzip", LIMIT), byte[].class)).hasSize(LIMIT);
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.compressing.fromServiceBusMessage(compressed("x-gzip", LIMIT + 1), byte[].class))
			.withMessageContaining("max-inflated-size");
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.compressing.fromServiceBusMessage(compressed("gzip", 100_000_000), byte[].class));
	}

	@Test
	void bodyThatIsNotWhatItSaysIsRefused() {
		ServiceBusReceivedMessage message = received(message().body("plain").contentEncoding("gzip"));
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.converter.fromServiceBusMessage(message, String.class))
			.withMessageContaining("compressed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "utf-8", "br", "identity" })
	void otherEncodingsMeanNothing(String encoding) {
		ServiceBusReceivedMessage message = received(message().body("plain").contentEncoding(encoding));
		assertThat(this.converter.fromServiceBusMessage(message, String.class)).isEqualTo("plain");
	}

	@Test
	void sizesThatMakeNoSenseAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CompressionOptions(-1, LIMIT));
		assertThatIllegalArgumentException().isThrownBy(() -> new CompressionOptions(0, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> new CompressionOptions(0, 1L << 32));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/csv", "text/csv;charset=utf-8", "application/csv" })
	void contentTypeChoosesTheConverter(String contentType) {
		ServiceBusMessageConverter both = builder().payloads(MimeTypeUtils.parseMimeType("text/csv"), new Csv())
			.payloads(MimeType.valueOf("application/*"), new Csv())
			.build();
		ServiceBusMessage sent = both.toServiceBusMessage(new Order("7", 2),
				Map.of(MessageHeaders.CONTENT_TYPE, contentType));
		assertThat(sent.bodyAsString()).isEqualTo("7,2");
		assertThat(sent.contentType()).isEqualTo(contentType);
		assertThat(both.fromServiceBusMessage(received(sent.mutate()), Order.class)).isEqualTo(new Order("7", 2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "", "no type", "text/json" })
	void otherContentTypesAreLeftToTheFirstConverter(String contentType) {
		ServiceBusMessageConverter both = builder().payloads(MimeTypeUtils.parseMimeType("text/csv"), new Csv())
			.build();
		ServiceBusReceivedMessage message = received(
				message().body("{\"id\":\"7\",\"count\":2}").contentType(contentType));
		assertThat(both.fromServiceBusMessage(message, Order.class)).isEqualTo(new Order("7", 2));
		assertThat(both.toServiceBusMessage(new Order("7", 2), Map.of()).contentType()).isEqualTo("application/json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "iso-8859-1", "UTF-16", "utf-8" })
	void textIsReadInItsCharset(String charset) {
		byte[] body = "grüß Gott".getBytes(Charset.forName(charset));
		ServiceBusReceivedMessage message = received(
				message().body(body).contentType("text/plain; charset=" + charset));
		assertThat(this.converter.fromServiceBusMessage(message, String.class)).isEqualTo("grüß Gott");
	}

	@Test
	void charsetThatDoesNotExistIsIgnored() {
		ServiceBusReceivedMessage message = received(message().body("ü").contentType("text/plain; charset=klingon"));
		assertThat(this.converter.fromServiceBusMessage(message, String.class)).isEqualTo("ü");
	}

	private static ServiceBusReceivedMessage compressed(String encoding, int size) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			byte[] zeros = new byte[1000];
			for (int rest = size; rest > 0; rest -= zeros.length) {
				out.write(zeros, 0, Math.min(rest, zeros.length));
			}
		}
		return received(message().body(bytes.toByteArray()).contentEncoding(encoding));
	}

	private static ServiceBusMessageConverterBuilder builder() {
		return ServiceBusMessageConverter.builder().payloads(JsonPayloads.converter(JsonMapper.builder().build()));
	}

	private static ServiceBusMessage.Builder message() {
		return ServiceBusMessage.builder();
	}

	private static ServiceBusReceivedMessage received(ServiceBusMessage.Builder message) {
		return ServiceBusReceivedMessage.of(message.build(), null);
	}

	record Order(String id, int count) {

	}

	/** Orders in one line. */
	static class Csv extends AbstractMessageConverter {

		Csv() {
			super(MimeTypeUtils.ALL);
		}

		@Override
		protected boolean supports(Class<?> type) {
			return type == Order.class;
		}

		@Override
		protected Object convertToInternal(Object payload, MessageHeaders headers, Object hint) {
			Order order = (Order) payload;
			return (order.id() + "," + order.count()).getBytes(StandardCharsets.UTF_8);
		}

		@Override
		protected Object convertFromInternal(Message<?> message, Class<?> type, Object hint) {
			String[] fields = new String((byte[]) message.getPayload(), StandardCharsets.UTF_8).split(",");
			return new Order(fields[0], Integer.parseInt(fields[1]));
		}

	}

}
