package dev.servicebus.message;

import java.math.BigInteger;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.servicebus.amqp.message.Header;
import dev.servicebus.amqp.message.MessageBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ServiceBusMessageTests {

	private static final OffsetDateTime LATER = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);

	@Test
	void copyForgetsNothing() {
		ServiceBusMessage message = full();
		assertThat(message.mutate().build()).usingRecursiveComparison().isEqualTo(message);
	}

	@Test
	void copyCanBeChangedWithoutTheOriginal() {
		ServiceBusMessage original = full();
		ServiceBusMessage changed = original.mutate().messageId("other").applicationProperty("key", 2).build();
		assertThat(changed.messageId()).isEqualTo("other");
		assertThat(changed.applicationProperties()).containsEntry("key", 2);
		assertThat(original.messageId()).isEqualTo("id");
		assertThat(original.applicationProperties()).containsEntry("key", 1);
	}

	@Test
	void builderCanGoOnWithoutChangingWhatItBuilt() {
		ServiceBusMessage.Builder builder = ServiceBusMessage.builder().applicationProperty("key", 1);
		ServiceBusMessage built = builder.build();
		builder.applicationProperty("key", 2).messageId("later");
		assertThat(built.applicationProperties()).containsEntry("key", 1);
		assertThat(built.messageId()).isNull();
	}

	@Test
	void bytesAreCopiedOnTheirWayInAndOut() {
		byte[] bytes = { 1, 2, 3 };
		ServiceBusMessage message = ServiceBusMessage.of(bytes);
		bytes[0] = 9;
		message.bodyAsBytes()[1] = 9;
		assertThat(message.bodyAsBytes()).containsExactly(1, 2, 3);
	}

	@Test
	void textIsUtf8() {
		assertThat(ServiceBusMessage.of("grün").bodyAsBytes()).hasSize(5);
		assertThat(ServiceBusMessage.of("grün").bodyAsString()).isEqualTo("grün");
	}

	@Test
	void messageWithoutBodyHasAnEmptyOne() {
		assertThat(ServiceBusMessage.builder().build().bodyAsBytes()).isEmpty();
	}

	@Test
	void valuesOfTextOrBytesCanBeReadAsSuch() {
		assertThat(ServiceBusMessage.builder().value("text").build().bodyAsString()).isEqualTo("text");
		assertThat(ServiceBusMessage.builder().value(new byte[] { 65 }).build().bodyAsString()).isEqualTo("A");
		assertThat(ServiceBusMessage.builder().value("A").build().bodyAsBytes()).containsExactly(65);
	}

	@Test
	void otherBodiesAreNotTurnedIntoTextInSilence() {
		ServiceBusMessage value = ServiceBusMessage.builder().value(42).build();
		assertThatIllegalStateException().isThrownBy(value::bodyAsString).withMessageContaining("use body()");
		assertThat(value.body()).isEqualTo(new MessageBody.Value(42));
		ServiceBusMessage sequence = ServiceBusMessage.builder().sequence(List.of(1, 2)).build();
		assertThatIllegalStateException().isThrownBy(sequence::bodyAsBytes).withMessageContaining("AMQP sequence");
	}

	@Test
	void sequenceIsCopiedAndMayHoldNull() {
		List<Object> elements = new ArrayList<>();
		elements.add(null);
		ServiceBusMessage message = ServiceBusMessage.builder().sequence(elements).build();
		elements.add("more");
		assertThat(((MessageBody.Sequence) message.body()).sections().get(0)).hasSize(1);
	}

	@ParameterizedTest
	@MethodSource("refused")
	void refusalNamesTheField(UnaryOperator<ServiceBusMessage.Builder> change, String problem) {
		assertThatIllegalArgumentException().isThrownBy(() -> change.apply(ServiceBusMessage.builder()).build())
			.withMessageStartingWith(problem);
	}

	static Stream<Arguments> refused() {
		String tooLong = "x".repeat(129);
		return Stream.of(refused((builder) -> builder.messageId(tooLong), "messageId must have at most 128 characters"),
				refused((builder) -> builder.sessionId(tooLong), "sessionId must have at most 128 characters"),
				refused((builder) -> builder.partitionKey(tooLong), "partitionKey must have at most 128 characters"),
				refused((builder) -> builder.transactionPartitionKey(tooLong),
						"transactionPartitionKey must have at most 128 characters"),
				refused((builder) -> builder.amqp(AmqpSections.NONE.withHeader(Header.EMPTY.withTtl(1L))),
						"header must not have a ttl; set timeToLive"),
				refused((builder) -> builder.amqp(AmqpSections.NONE.withHeader(Header.EMPTY.withDeliveryCount(1L))),
						"header must have neither deliveryCount"),
				refused((builder) -> builder.amqp(AmqpSections.NONE.withMessageAnnotation("x-opt-partition-key", "a")),
						"annotation 'x-opt-partition-key' is one of Service Bus"),
				refused((builder) -> builder.amqp(AmqpSections.NONE.withDeliveryAnnotation("x-opt-lock-token", "a")),
						"annotation 'x-opt-lock-token' is one of Service Bus"),
				refused((builder) -> builder.replyToSessionId(tooLong), "replyToSessionId must have at most 128"),
				refused((builder) -> builder.sessionId("a").partitionKey("b"), "partitionKey must equal sessionId"),
				refused((builder) -> builder.timeToLive(Duration.ZERO), "timeToLive must be at least 1 ms but is PT0S"),
				refused((builder) -> builder.timeToLive(Duration.ofSeconds(-1)), "timeToLive must be at least 1 ms"),
				refused((builder) -> builder.contentType("täxt/plain"), "contentType must be ASCII"),
				refused((builder) -> builder.contentEncoding("gzïp"), "contentEncoding must be ASCII"),
				refused((builder) -> builder.applicationProperty("key", BigInteger.ONE), "application property 'key'"),
				refused((builder) -> builder.applicationProperties(Map.of("key", List.of())),
						"application property 'key'"));
	}

	@Test
	void idsOfTheLongestLengthAndEqualKeysAreTaken() {
		String longest = "x".repeat(128);
		ServiceBusMessage message = ServiceBusMessage.builder()
			.messageId(longest)
			.sessionId(longest)
			.partitionKey(longest)
			.replyToSessionId(longest)
			.build();
		assertThat(message.partitionKey()).isEqualTo(message.sessionId());
	}

	@Test
	void propertiesCannotBeChangedLater() {
		Map<String, Object> given = new HashMap<>(Map.of("key", 1));
		ServiceBusMessage message = ServiceBusMessage.builder().applicationProperties(given).build();
		given.put("key", 2);
		assertThat(message.applicationProperties()).containsEntry("key", 1);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> message.applicationProperties().put("key", 3));
	}

	static ServiceBusMessage full() {
		return ServiceBusMessage.builder()
			.body("hello")
			.messageId("id")
			.sessionId("session")
			.partitionKey("session")
			.contentType("text/plain")
			.correlationId("correlation")
			.subject("subject")
			.to("to")
			.replyTo("replies")
			.replyToSessionId("reply-session")
			.timeToLive(Duration.ofMinutes(1))
			.scheduledEnqueueTime(LATER)
			.applicationProperty("key", 1)
			.applicationProperty("absent", null)
			.build();
	}

	private static Arguments refused(UnaryOperator<ServiceBusMessage.Builder> change, String problem) {
		return arguments(change, problem);
	}

}
