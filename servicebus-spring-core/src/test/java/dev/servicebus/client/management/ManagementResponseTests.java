package dev.servicebus.client.management;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.MessageNotFoundException;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusServerBusyException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.message.MessageEncoder;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ManagementResponseTests {

	private static final UUID TOKEN = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

	private static final MessageEncoder ENCODER = new MessageEncoder(InstantSource.fixed(Instant.EPOCH));

	private static final byte[] MESSAGE = ENCODER.encode(ServiceBusMessage.of("hello"));

	private static final RenewLocks RENEW = new RenewLocks(List.of(TOKEN));

	private static final PeekMessages PEEK = new PeekMessages(0, 10);

	private static final ReceiveDeferredMessages DEFERRED = new ReceiveDeferredMessages(List.of(1L),
			ReceiveMode.PEEK_LOCK);

	private static final CancelScheduledMessages CANCEL = new CancelScheduledMessages(List.of(1L));

	private static final ScheduleMessages SCHEDULE = ScheduleMessages.at(OffsetDateTime.MIN,
			List.of(ServiceBusMessage.of("x"), ServiceBusMessage.of("y")), ENCODER);

	@Test
	void renewedLocksHaveTheirExpiry() {
		Instant expiry = Instant.ofEpochMilli(1_700_000_000_000L);
		assertThat(decode(RENEW, ok(Map.of("expirations", new Instant[] { expiry })))).containsExactly(expiry);
	}

	@Test
	void scheduledMessagesHaveTheirNumbersInOrder() {
		assertThat(decode(SCHEDULE, ok(Map.of("sequence-numbers", new Long[] { 7L, 5L })))).containsExactly(7L, 5L);
		assertThat(decode(SCHEDULE, ok(Map.of("sequence-numbers", List.of(7L, 5L))))).containsExactly(7L, 5L);
	}

	@Test
	void peekedMessagesAreNotLocked() {
		List<ServiceBusReceivedMessage> messages = decode(PEEK,
				ok(Map.of("messages", List.of(Map.of("message", MESSAGE), Map.of("message", MESSAGE)))));
		assertThat(messages).hasSize(2).allSatisfy((message) -> {
			assertThat(message.bodyAsString()).isEqualTo("hello");
			assertThat(message.lockToken()).isNull();
		});
	}

	@Test
	void nothingToPeekIsAnEmptyListHoweverTheBrokerSaysIt() {
		assertThat(decode(PEEK, answer(204, null, null, null))).isEmpty();
		assertThat(decode(PEEK, answer(204, null, null, Map.of()))).isEmpty();
		assertThat(decode(PEEK, answer(404, Symbol.of("com.microsoft:message-not-found"), "none", null))).isEmpty();
		assertThat(decode(PEEK, ok(Map.of("messages", List.of())))).isEmpty();
	}

	@Test
	void missingEntityIsNotAnEmptyPeek() {
		assertThatExceptionOfType(ServiceBusException.class)
			.isThrownBy(() -> decode(PEEK, answer(404, Symbol.of("amqp:not-found"), "no queue", null)))
			.withMessage("peek-message on 'orders' failed with amqp:not-found (status 404): no queue");
	}

	@Test
	void deferredMessagesAreLockedByTheTokenBesideThem() {
		List<ServiceBusReceivedMessage> messages = decode(DEFERRED,
				ok(Map.of("messages", List.of(Map.of("message", MESSAGE, "lock-token", TOKEN)))));
		assertThat(messages).extracting(ServiceBusReceivedMessage::lockToken).containsExactly(TOKEN);
	}

	@Test
	void deferredMessagesAreLockedByTheTokenInsideThemWhereNoneIsBesideThem() {
		byte[] message = AmqpMessage.builder()
			.deliveryAnnotations(Map.of(Symbol.of("x-opt-lock-token"), TOKEN))
			.build()
			.encode();
		List<ServiceBusReceivedMessage> messages = decode(DEFERRED,
				ok(Map.of("messages", List.of(Map.of("message", message)))));
		assertThat(messages).extracting(ServiceBusReceivedMessage::lockToken).containsExactly(TOKEN);
	}

	@Test
	void deletedMessagesHaveNoLockEvenIfTheBrokerSendsAToken() {
		ReceiveDeferredMessages delete = new ReceiveDeferredMessages(List.of(1L), ReceiveMode.RECEIVE_AND_DELETE);
		List<ServiceBusReceivedMessage> messages = decode(delete,
				ok(Map.of("messages", List.of(Map.of("message", MESSAGE, "lock-token", new UUID(0, 0))))));
		assertThat(messages).extracting(ServiceBusReceivedMessage::lockToken).containsOnlyNulls();
	}

	@Test
	void successWithoutAResultNeedsNoBody() {
		assertThat(decode(CANCEL, answer(200, null, null, null))).isEqualTo(Done.DONE);
		assertThat(decode(new UpdateDisposition(List.of(TOKEN), new Disposition.Complete()),
				answer(202, null, null, Map.of())))
			.isEqualTo(Done.DONE);
	}

	@Test
	void failuresAreTyped() {
		assertThatExceptionOfType(MessageLockLostException.class)
			.isThrownBy(() -> decode(RENEW, answer(410, Symbol.of("com.microsoft:message-lock-lost"), "lost", null)))
			.withMessage("renew-lock on 'orders' failed with com.microsoft:message-lock-lost (status 410): lost");
		assertThatExceptionOfType(MessageNotFoundException.class)
			.isThrownBy(() -> decode(DEFERRED, answer(404, "com.microsoft:message-not-found", null, null)));
		assertThatExceptionOfType(MessageNotFoundException.class)
			.isThrownBy(() -> decode(CANCEL, answer(404, "com.microsoft:message-not-found", null, null)));
		assertThatExceptionOfType(ServiceBusServerBusyException.class)
			.isThrownBy(() -> decode(SCHEDULE, answer(503, null, null, null)));
	}

	@Test
	void olderSpellingOfThePropertiesIsUnderstood() {
		EncodedMessage answer = encoded(Map.of("status-code", 410L, "status-description", "lost", "error-condition",
				Symbol.of("com.microsoft:message-lock-lost")), null);
		assertThatExceptionOfType(MessageLockLostException.class).isThrownBy(() -> decode(RENEW, answer))
			.withMessageEndingWith("(status 410): lost");
	}

	@ParameterizedTest
	@MethodSource("malformed")
	void answerThatCannotBeUnderstoodLeavesTheOutcomeUnknown(ManagementRequest<?> request, EncodedMessage answer,
			String problem) {
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> decode(request, answer))
			.withMessage(request.operation() + " on 'orders' failed: the answer of the broker cannot be understood: "
					+ problem);
	}

	static Stream<Arguments> malformed() {
		return Stream.of(arguments(RENEW, encoded(Map.of(), null), "it has no status code"),
				arguments(CANCEL, encoded(Map.of("statusCode", "fine"), null), "it has no status code"),
				arguments(RENEW, answer(200, null, null, null), "'expirations' is missing or no array"),
				arguments(RENEW, answer(200, null, null, "text"), "'expirations' is missing or no array"),
				arguments(RENEW, ok(Map.of("expirations", 5)), "'expirations' is missing or no array"),
				arguments(RENEW, ok(Map.of("expirations", new Long[] { 5L })),
						"'expirations' holds something else than Instant"),
				arguments(RENEW, ok(Map.of("expirations", new Instant[] { Instant.EPOCH, Instant.EPOCH })),
						"'expirations' has 2 elements; expected 1"),
				arguments(SCHEDULE, ok(Map.of("sequence-numbers", new Long[] { 1L })),
						"'sequence-numbers' has 1 elements; expected 2"),
				arguments(PEEK, ok(Map.of("other", 1)), "'messages' is missing or no array"),
				arguments(PEEK, ok(Map.of("messages", List.of("text"))), "'messages' holds something else than Map"),
				arguments(PEEK, ok(Map.of("messages", List.of(Map.of()))),
						"'message' holds something else than byte[]"),
				arguments(PEEK, ok(Map.of("messages", List.of(Map.of("message", new byte[] { 1, 2, 3 })))),
						"a message in it is not AMQP"),
				arguments(DEFERRED, ok(Map.of("messages", List.of(Map.of("message", MESSAGE)))),
						"a message in it has no lock token"),
				arguments(DEFERRED, ok(Map.of("messages", List.of(Map.of("message", MESSAGE, "lock-token", "text")))),
						"a message in it has no lock token"),
				arguments(CANCEL, withBrokenProperties(), "it is not AMQP"));
	}

	private static EncodedMessage withBrokenProperties() {
		byte[] bytes = AmqpMessage.builder().applicationProperties(Map.of("statusCode", "200")).build().encode();
		int value = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("200");
		bytes[value - 2] = 0x3f;
		return EncodedMessage.of(bytes);
	}

	private static <R> R decode(ManagementRequest<R> request, EncodedMessage answer) {
		return request.decode(answer, "orders");
	}

	private static EncodedMessage ok(Map<String, Object> body) {
		return answer(200, null, "OK", body);
	}

	private static EncodedMessage answer(int status, Object condition, String description, Object body) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("statusCode", status);
		properties.put("statusDescription", description);
		properties.put("errorCondition", condition);
		return encoded(properties, body);
	}

	private static EncodedMessage encoded(Map<String, Object> properties, Object body) {
		return EncodedMessage.of(AmqpMessage.builder().applicationProperties(properties).value(body).build().encode());
	}

}
