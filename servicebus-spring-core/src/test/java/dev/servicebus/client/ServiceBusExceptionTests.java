package dev.servicebus.client;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ServiceBusExceptionTests {

	@Test
	void messageNamesOperationEntityConditionStatusAndText() {
		ServiceBusException exception = new ServiceBusException(
				new ErrorContext("send", "orders", "com.microsoft:server-busy", 503, "wait a little", "42-a"));
		assertThat(exception).hasMessage(
				"send on 'orders' failed with com.microsoft:server-busy (status 503): wait a little (tracking id 42-a)");
		assertThat(exception.operation()).isEqualTo("send");
		assertThat(exception.entityPath()).isEqualTo("orders");
		assertThat(exception.condition()).isEqualTo("com.microsoft:server-busy");
	}

	@Test
	void messageLeavesOutWhatIsNotKnown() {
		assertThat(new ServiceBusException(ErrorContext.of("open", null))).hasMessage("open failed");
	}

	@Test
	void trackingIdIsNotRepeatedWhenTheDescriptionHoldsIt() {
		ServiceBusException exception = new ServiceBusException(
				new ErrorContext("send", "orders", null, null, "gone. TrackingId:42-a, Timestamp:x", "42-a"));
		assertThat(exception.getMessage()).containsOnlyOnce("42-a");
	}

	@Test
	void controlCharactersOfTheBrokerCannotForgeLogLines() {
		ServiceBusException exception = new ServiceBusException(new ErrorContext("send", "or\u001bders", "a\r\nb", null,
				"bad\n2026-01-01 INFO all is well\u0000\u2028\u202e", null));
		assertThat(exception.getMessage()).isEqualTo("send on 'or\\u001bders' failed with a\\r\\nb: "
				+ "bad\\n2026-01-01 INFO all is well\\u0000\\u2028\\u202e");
	}

	@Test
	void descriptionIsCutToItsLimit() {
		ErrorContext context = ErrorContext.of("send", "orders").withDescription("x".repeat(100_000));
		assertThat(context.description()).hasSize(ErrorContext.MAX_DESCRIPTION_LENGTH).endsWith("x…");
	}

	@Test
	void cutDoesNotSplitCharactersOrEscapes() {
		String emoji = "\uD83D\uDE00";
		assertThat(SafeText.of(emoji.repeat(10), 10)).isEqualTo(emoji.repeat(4) + "…");
		assertThat(SafeText.of("abc\n\n\n\n\n\n", 6)).isEqualTo("abc\\n…");
		assertThat(SafeText.of("\uD83D lonely", 20)).isEqualTo("\\ud83d lonely");
	}

	@Test
	void exceptionsCanBeWrittenByThoseWhoSerializeThem() throws Exception {
		ServiceBusException exception = new MessageLockLostException(
				new ErrorContext("settle", "orders", "com.microsoft:message-lock-lost", 410, "lost", null));
		try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
			out.writeObject(exception);
		}
	}

	@Test
	void unknownFailuresAreTransientAndUnknownOutcomesAreNot() {
		assertThat(new ServiceBusException(ErrorContext.of("send", "orders")).isTransient()).isTrue();
		assertThat(new UnknownOutcomeException(ErrorContext.of("send", "orders")).isTransient()).isFalse();
	}

	@Test
	void notFoundIsTransientOnlyWhileTheBrokerDoesNotSayThatTheEntityIsMissing() {
		assertThat(notFound(null, "The messaging entity 'sb://x/orders' could not be found.").isTransient()).isFalse();
		assertThat(notFound(null, "no node there").isTransient()).isTrue();
		assertThat(notFound(null, null).isTransient()).isTrue();
		assertThat(notFound(404, "no such rule").isTransient()).isFalse();
	}

	private static ServiceBusException notFound(Integer status, String description) {
		return new MessagingEntityNotFoundException(
				new ErrorContext("attach", "orders", "amqp:not-found", status, description, null));
	}

}
