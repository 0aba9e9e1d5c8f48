package dev.servicebus.converter;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A reply-to address leads to an entity of this namespace, or nowhere.
 */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ReplyToTests {

	private static final String NAMESPACE = "contoso.servicebus.windows.net";

	@ParameterizedTest
	@CsvSource({ "answers, answers", "/answers, answers", "eu/answers, eu/answers", "' answers ', answers",
			"sb://contoso.servicebus.windows.net/answers, answers",
			"sb://Contoso.ServiceBus.Windows.NET:5671/eu/answers, eu/answers",
			"https://contoso.servicebus.windows.net/my%20answers, my answers",
			"amqps://contoso.servicebus.windows.net/answers, answers" })
	void pathsAndAddressesInTheNamespaceNameAnEntity(String address, String entity) {
		assertThat(ReplyTo.of(request(address), NAMESPACE)).isEqualTo(new ReplyTo(entity, "caller"));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "  " })
	void withoutAddressThereIsNoReply(String address) {
		assertThat(ReplyTo.of(request(address), NAMESPACE)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "sb://fabrikam.servicebus.windows.net/answers", "sb:///answers", "https://answers",
			"sb://contoso.servicebus.windows.net.evil.example/answers", "http://:/ /x" })
	void anotherNamespaceIsRefused(String address) {
		assertRefused(address);
	}

	@ParameterizedTest
	@ValueSource(strings = { "$cbs", "$management", "answers/$management", "answers/$DeadLetterQueue", "/", "///",
			"sb://contoso.servicebus.windows.net", "sb://contoso.servicebus.windows.net/$cbs",
			"sb://contoso.servicebus.windows.net/%24cbs", "sb://user:secret@contoso.servicebus.windows.net/answers",
			"sb://contoso.servicebus.windows.net/answers?sig=x", "sb://contoso.servicebus.windows.net/answers#x" })
	void whatIsNoQueueOrTopicIsRefused(String address) {
		assertRefused(address);
	}

	@Test
	void addressDoesNotForgeLines() {
		assertThatExceptionOfType(InvalidReplyToException.class)
			.isThrownBy(() -> ReplyTo.of(request("$a\nERROR b" + "x".repeat(1000)), NAMESPACE))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("$a?ERROR b").hasSizeLessThan(300));
	}

	private static void assertRefused(String address) {
		assertThatExceptionOfType(InvalidReplyToException.class)
			.isThrownBy(() -> ReplyTo.of(request(address), NAMESPACE))
			.withMessageStartingWith("no reply can be sent to '");
	}

	private static ServiceBusReceivedMessage request(String replyTo) {
		return ServiceBusReceivedMessage
			.of(ServiceBusMessage.builder().body("?").replyTo(replyTo).replyToSessionId("caller").build(), null);
	}

}
