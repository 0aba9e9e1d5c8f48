package dev.servicebus.converter;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.messaging.converter.MessageConversionException;
import tools.jackson.databind.json.JsonMapper;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Logical names of types travel with messages, those of classes never.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MessageTypesTests {

	private final ServiceBusMessageConverter converter = ServiceBusMessageConverter.of(
			JsonPayloads.converter(JsonMapper.builder().build()),
			MessageTypes.ofAnnotated(List.of(Placed.class, Cancelled.class)));

	@Test
	void nameOfTheTypeTravelsAndNotThatOfTheClass() {
		ServiceBusMessage message = this.converter.toServiceBusMessage(new Placed("7"), Map.of());
		assertThat(message.applicationProperties()).isEqualTo(Map.of("servicebus-type", "placed"));
		assertThat(message.bodyAsString()).isEqualTo("{\"id\":\"7\"}");
	}

	@Test
	void sealedTypeIsReadByItsName() {
		assertThat(read(sent(new Placed("7")), Event.class)).isEqualTo(new Placed("7"));
		assertThat(read(sent(new Cancelled("7", "late")), Event.class)).isEqualTo(new Cancelled("7", "late"));
	}

	@Test
	void classThatTheReceiverAsksForWins() {
		assertThat(read(sent(new Placed("7")), Other.class)).isEqualTo(new Other("7"));
	}

	@Test
	void nameThatIsNotListedIsRefused() {
		ServiceBusMessage message = ServiceBusMessage.builder()
			.body("{}")
			.applicationProperty("servicebus-type", "java.lang.Runtime")
			.build();
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(() -> read(message, Event.class))
			.withMessageContaining("'java.lang.Runtime'")
			.withMessageContaining("[cancelled, placed]");
	}

	@Test
	void typesThatAreNotListedHaveNoName() {
		assertThat(this.converter.toServiceBusMessage(new Other("7"), Map.of()).applicationProperties()).isEmpty();
	}

	@Test
	void listsThatMakeNoSenseAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> MessageTypes.ofAnnotated(List.of(Other.class)))
			.withMessageContaining("@MessageType");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> MessageTypes.of(Map.of("one", Other.class, "two", Other.class)))
			.withMessageContaining("two names");
	}

	@Test
	void headersOfSpringCloudAzureAreSetAndRead() {
		ServiceBusMessage message = this.converter.toServiceBusMessage("text",
				Map.of("azure_service_bus_message_id", "7", "azure_service_bus_session_id", "s",
						"azure_service_bus_time_to_live", Duration.ofSeconds(3), "azure_service_bus_unknown", "x"));
		assertThat(message.messageId()).isEqualTo("7");
		assertThat(message.sessionId()).isEqualTo("s");
		assertThat(message.timeToLive()).isEqualTo(Duration.ofSeconds(3));
		assertThat(message.applicationProperties()).isEqualTo(Map.of("azure_service_bus_unknown", "x"));
		assertThat(this.converter.toMessage(ServiceBusReceivedMessage.of(message, null)).getHeaders())
			.satisfies((headers) -> assertThat(headers.get("azure_service_bus_session_id")).isEqualTo("s"));
	}

	private ServiceBusMessage sent(Object payload) {
		return this.converter.toServiceBusMessage(payload, Map.of());
	}

	private <T> T read(ServiceBusMessage message, Class<T> type) {
		return this.converter.fromServiceBusMessage(ServiceBusReceivedMessage.of(message, null), type);
	}

	sealed interface Event {

	}

	@MessageType("placed")
	record Placed(String id) implements Event {

	}

	@MessageType("cancelled")
	record Cancelled(String id, String reason) implements Event {

	}

	record Other(String id) {

	}

}
