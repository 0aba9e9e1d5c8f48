package dev.servicebus.client.wire;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.UnknownOutcomeException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How the answers of a management node are read: sections 6.1, 6.5 and 6.6 of the
 * protocol.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ResponseTests {

	@AutoClose
	private final ScriptedService service = ScriptedService.start();

	private final ServiceBusReceiver receiver = this.service.client.receiver(ReceiverOptions.queue("orders"));

	@ParameterizedTest
	@CsvSource({ "400, com.microsoft:argument-error, ServiceBusException, false",
			"401, amqp:unauthorized-access, ServiceBusAuthorizationException, false",
			"403, amqp:resource-limit-exceeded, ServiceBusQuotaExceededException, false",
			"404, amqp:not-found, MessagingEntityNotFoundException, false",
			"404, com.microsoft:message-not-found, MessageNotFoundException, false",
			"408, com.microsoft:timeout, OperationTimeoutException, true",
			"409, com.microsoft:entity-already-exists, MessagingEntityAlreadyExistsException, false",
			"410, com.microsoft:message-lock-lost, MessageLockLostException, false",
			"410, com.microsoft:session-lock-lost, SessionLockLostException, false",
			"410, com.microsoft:session-cannot-be-locked, SessionCannotBeLockedException, false",
			"500, amqp:internal-error, ServiceBusException, true",
			"501, amqp:not-implemented, ServiceBusException, false",
			"503, com.microsoft:server-busy, ServiceBusServerBusyException, true" })
	void failureIsWhatItsConditionNames(int status, String condition, String exception, boolean isTransient) {
		this.service.script.answers("com.microsoft:receive-by-sequence-number", Answer.error(status, condition));

		assertFailure(exception, (failure) -> {
			assertThat(failure.isTransient()).isEqualTo(isTransient);
			assertThat(failure.condition()).isEqualTo(condition);
			assertThat(failure.context().trackingId()).isEqualTo("42");
		});
	}

	@ParameterizedTest
	@CsvSource({ "400, ServiceBusException", "401, ServiceBusAuthorizationException",
			"403, ServiceBusQuotaExceededException", "404, MessagingEntityNotFoundException",
			"408, OperationTimeoutException", "410, MessageLockLostException", "500, ServiceBusException",
			"503, ServiceBusServerBusyException" })
	void failureWithoutAConditionIsWhatItsStatusMeans(int status, String exception) {
		this.service.script.answers("com.microsoft:receive-by-sequence-number", Answer.of(status));

		assertFailure(exception, (failure) -> assertThat(failure.condition()).isNull());
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 202, 204 })
	void nothingToSeeIsNoFailure(int status) {
		this.service.script.answers("com.microsoft:peek-message", Answer.of(status));

		assertThat(this.receiver.peek(1, 0)).isEmpty();
	}

	@Test
	void nothingToSeeMayAlsoBeSaidByACondition() {
		this.service.script.answers("com.microsoft:peek-message", Answer.error(404, "com.microsoft:message-not-found"));

		assertThat(this.receiver.peek(1, 0)).isEmpty();
	}

	@Test
	void successThatCannotBeReadIsAnUnknownOutcome() {
		this.service.answers("receive-by-sequence-number", Map.of("messages", "none"));

		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this::receiveDeferred)
			.withMessageContaining("'messages' is missing or no array");
	}

	private void assertFailure(String exception, Consumer<ServiceBusException> requirements) {
		assertThatExceptionOfType(ServiceBusException.class).isThrownBy(this::receiveDeferred)
			.satisfies((failure) -> assertThat(failure.getClass().getSimpleName()).isEqualTo(exception))
			.satisfies(requirements::accept);
	}

	private void receiveDeferred() {
		this.receiver.receiveDeferred(List.of(42L));
	}

}
