package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.servicebus.message.ServiceBusMessage;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class MessageIdGeneratorTests {

	private static final MessageIdGenerator CONTENT = MessageIdGenerator.ofContent();

	@Test
	void uniqueIdsDiffer() {
		ServiceBusMessage message = ServiceBusMessage.of("x");
		assertThat(Stream.generate(() -> MessageIdGenerator.unique().messageId("x", message)).limit(100))
			.doesNotHaveDuplicates()
			.allSatisfy((id) -> assertThat(id).hasSizeLessThanOrEqualTo(ServiceBusMessage.MAX_ID_LENGTH));
	}

	@Test
	void idOfContentIsTheSameForTheSameMessageWheneverItIsSent() {
		ServiceBusMessage now = message("a", "b").build();
		ServiceBusMessage later = message("b", "a").timeToLive(Duration.ofHours(1))
			.scheduledEnqueueTime(OffsetDateTime.parse("2030-01-02T03:04:05Z"))
			.build();
		assertThat(CONTENT.messageId("x", now)).isEqualTo(CONTENT.messageId("x", later))
			.hasSizeLessThanOrEqualTo(ServiceBusMessage.MAX_ID_LENGTH);
	}

	@ParameterizedTest
	@MethodSource("changes")
	void idOfContentIsAnotherForAnythingElse(Consumer<ServiceBusMessage.Builder> change) {
		ServiceBusMessage.Builder changed = message("a", "b");
		change.accept(changed);
		assertThat(CONTENT.messageId("x", changed.build()))
			.isNotEqualTo(CONTENT.messageId("x", message("a", "b").build()));
	}

	static Stream<Consumer<ServiceBusMessage.Builder>> changes() {
		return Stream.of((message) -> message.body("y"), (message) -> message.contentType("text/html"),
				(message) -> message.sessionId("s"), (message) -> message.partitionKey("p"),
				(message) -> message.subject("s"), (message) -> message.correlationId("c"),
				(message) -> message.applicationProperty("a", 2), (message) -> message.applicationProperty("a", 1L),
				(message) -> message.value("x"), (message) -> message.sequence(List.of("x")));
	}

	private static ServiceBusMessage.Builder message(String first, String second) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put(first, 1);
		properties.put(second, 1);
		return ServiceBusMessage.builder().body("x").applicationProperties(properties);
	}

}
