package dev.servicebus.client;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One class a kind of failure: whether a repetition may help, and what its text says.
 */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ErrorTaxonomyTests {

	private static final Map<String, Boolean> TABLE = table("AutoLockRenewFailedException", false,
			"AutoLockRenewTimeoutException", false, "MessageAlreadySettledException", false, "MessageErrorException",
			false, "MessageLockLostException", false, "MessageNotFoundException", false, "MessageSendFailedException",
			true, "MessageSettleFailedException", true, "MessageSizeExceededException", false,
			"MessagingEntityAlreadyExistsException", false, "MessagingEntityConflictException", true,
			"MessagingEntityDisabledException", false, "MessagingEntityNotFoundException", false,
			"NoActiveSessionException", true, "OperationTimeoutException", true, "SendBufferFullException", true,
			"ServiceBusAuthenticationException", false, "ServiceBusAuthorizationException", false,
			"ServiceBusCommunicationException", true, "ServiceBusConnectionException", true, "ServiceBusException",
			true, "ServiceBusQuotaExceededException", false, "ServiceBusServerBusyException", true,
			"SessionCannotBeLockedException", false, "SessionLockLostException", false, "TransactionException", false,
			"UnknownOutcomeException", false);

	@Test
	void everyExceptionHasItsRow() throws Exception {
		assertThat(exceptionsOfThePackage()).isEqualTo(new TreeSet<>(TABLE.keySet()));
	}

	@Test
	void everyExceptionSaysWhetherToRepeatAndNamesPlaceAndReason() throws Exception {
		ErrorContext context = new ErrorContext("send", "orders", "acme:odd", 418, "teapot", "track-1");
		IOException cause = new IOException("why");
		for (Map.Entry<String, Boolean> row : TABLE.entrySet()) {
			ServiceBusException exception = exception(row.getKey(), context, cause);
			assertThat(exception.isTransient()).as(row.getKey()).isEqualTo(row.getValue());
			assertThat(exception).hasCause(cause)
				.hasMessage("send on 'orders' failed with acme:odd (status 418): teapot (tracking id track-1)");
			assertThat(exception.condition()).isEqualTo("acme:odd");
			assertThat(exception.entityPath()).isEqualTo("orders");
			assertThat(exception.operation()).isEqualTo("send");
			assertThat(exception.context().trackingId()).isEqualTo("track-1");
		}
	}

	@ParameterizedTest
	@CsvSource({ "MessageSendFailedException, com.microsoft:argument-error", "ServiceBusException, amqp:not-allowed",
			"MessageSettleFailedException, amqp:illegal-state" })
	void conditionsThatNothingCuresAreNotTransientInAnyClass(String exception, String condition) throws Exception {
		ErrorContext context = new ErrorContext("send", "orders", condition, null, null, null);
		assertThat(exception(exception, context, null).isTransient()).isFalse();
	}

	private static ServiceBusException exception(String name, ErrorContext context, Throwable cause) throws Exception {
		return (ServiceBusException) Class.forName(ServiceBusException.class.getPackageName() + "." + name)
			.getConstructor(ErrorContext.class, Throwable.class)
			.newInstance(context, cause);
	}

	private static TreeSet<String> exceptionsOfThePackage() throws IOException, URISyntaxException {
		Path directory = Path.of(ServiceBusException.class.getResource("ServiceBusException.class").toURI())
			.getParent();
		TreeSet<String> names = new TreeSet<>();
		try (Stream<Path> files = Files.list(directory)) {
			files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith("Exception.class"))
				.map((name) -> name.substring(0, name.length() - ".class".length()))
				.filter(ErrorTaxonomyTests::isOurs)
				.forEach(names::add);
		}
		return names;
	}

	private static boolean isOurs(String name) {
		try {
			Class<?> type = Class.forName(ServiceBusException.class.getPackageName() + "." + name);
			return ServiceBusException.class.isAssignableFrom(type) && Modifier.isPublic(type.getModifiers());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Boolean> table(Object... cells) {
		Map<String, Boolean> rows = new TreeMap<>();
		for (int i = 0; i < cells.length; i += 2) {
			rows.put((String) cells[i], (Boolean) cells[i + 1]);
		}
		return rows;
	}

}
