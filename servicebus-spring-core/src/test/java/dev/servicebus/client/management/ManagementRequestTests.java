package dev.servicebus.client.management;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.message.MessageEncoder;
import dev.servicebus.message.ServiceBusMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ManagementRequestTests {

	private static final UUID TOKEN = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

	private static final MessageEncoder ENCODER = new MessageEncoder(InstantSource.fixed(Instant.EPOCH));

	private static final OffsetDateTime LATER = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);

	@Test
	void requestNamesOperationTimeoutAndLink() {
		AmqpMessage request = sent(new PeekMessages(1, 10).encode(Duration.ofSeconds(30), "receiver-1"));
		assertThat(request.applicationProperties())
			.containsExactlyInAnyOrderEntriesOf(Map.of("operation", "com.microsoft:peek-message",
					"com.microsoft:server-timeout", UnsignedInteger.of(30_000), "associated-link-name", "receiver-1"));
	}

	@Test
	void requestWithoutALinkNamesNone() {
		AmqpMessage request = sent(new PeekMessages(1, 10).encode(Duration.ofSeconds(30), null));
		assertThat(request.applicationProperties()).doesNotContainKey("associated-link-name");
	}

	@Test
	void sessionRequestsNameTheirSession() {
		assertThat(new RenewSessionLock("s1").operation()).isEqualTo("renew-session-lock");
		assertThat(body(new RenewSessionLock("s1"))).containsExactly(entry("session-id", "s1"));
		assertThat(new GetSessionState("").operation()).isEqualTo("get-session-state");
		assertThat(body(new GetSessionState(""))).containsExactly(entry("session-id", ""));
		assertThat(new SetSessionState("s1", null).operation()).isEqualTo("set-session-state");
		assertThat(body(new SetSessionState("s1", new byte[] { 7 })).get("session-state")).isEqualTo(new byte[] { 7 });
		assertThat(body(new PeekMessages(1, 2, "s1"))).contains(entry("session-id", "s1"));
		assertThat(body(new ReceiveDeferredMessages(List.of(1L), ReceiveMode.PEEK_LOCK, "s1")))
			.contains(entry("session-id", "s1"));
		assertThat(body(new UpdateDisposition(List.of(TOKEN), new Disposition.Complete(), "s1")))
			.contains(entry("session-id", "s1"));
	}

	@Test
	void clearedStateIsSentAsNull() {
		assertThat(body(new SetSessionState("s1", null))).containsEntry("session-state", null);
	}

	@Test
	void renewLockCarriesAnArrayOfUuids() {
		assertThat(body(new RenewLocks(List.of(TOKEN)))).containsExactly(entry("lock-tokens", new UUID[] { TOKEN }));
	}

	@Test
	void peekCarriesALongAndAnInt() {
		assertThat(body(new PeekMessages(7, 100))).containsOnly(entry("from-sequence-number", 7L),
				entry("message-count", 100));
	}

	@Test
	void deferredMessagesAreAskedForInTheirReceiveMode() {
		Map<String, Object> locked = body(new ReceiveDeferredMessages(List.of(1L, 300L), ReceiveMode.PEEK_LOCK));
		assertThat(locked).containsOnly(entry("sequence-numbers", new Long[] { 1L, 300L }),
				entry("receiver-settle-mode", UnsignedInteger.of(1)));
		Map<String, Object> deleted = body(new ReceiveDeferredMessages(List.of(1L), ReceiveMode.RECEIVE_AND_DELETE));
		assertThat(deleted).containsEntry("receiver-settle-mode", UnsignedInteger.ZERO);
	}

	@Test
	void scheduledMessageIsEncodedWithItsTimeAndNamedBesideIt() {
		ServiceBusMessage message = ServiceBusMessage.builder()
			.body("later")
			.messageId("id")
			.sessionId("session")
			.partitionKey("session")
			.build();
		Map<String, Object> body = body(ScheduleMessages.at(LATER, List.of(message), ENCODER));
		Map<?, ?> entry = (Map<?, ?>) ((List<?>) body.get("messages")).get(0);
		assertThat(entry.get("message-id")).isEqualTo("id");
		assertThat(entry.get("session-id")).isEqualTo("session");
		assertThat(entry.get("partition-key")).isEqualTo("session");
		EncodedMessage encoded = EncodedMessage.of((byte[]) entry.get("message"));
		assertThat(encoded.messageAnnotation(Symbol.of("x-opt-scheduled-enqueue-time"))).isEqualTo(LATER.toInstant());
	}

	@Test
	void scheduledMessageWithoutIdsHasNoEntriesForThem() {
		Map<String, Object> body = body(ScheduleMessages.at(LATER, List.of(ServiceBusMessage.of("x")), ENCODER));
		assertThat((Map<?, ?>) ((List<?>) body.get("messages")).get(0)).hasSize(1);
	}

	@Test
	void cancelCarriesAnArrayOfLongs() {
		assertThat(body(new CancelScheduledMessages(List.of(1L, 2L))))
			.containsExactly(entry("sequence-numbers", new Long[] { 1L, 2L }));
	}

	@ParameterizedTest
	@MethodSource("dispositions")
	void dispositionHasItsNameOnTheWire(Disposition disposition, Map<String, Object> expected) {
		Map<String, Object> body = body(new UpdateDisposition(List.of(TOKEN), disposition));
		assertThat(body.remove("lock-tokens")).isEqualTo(new UUID[] { TOKEN });
		assertThat(body).isEqualTo(expected);
	}

	static Stream<Arguments> dispositions() {
		Map<String, Object> change = Map.of("span", Duration.ofSeconds(1), "count", 2);
		Map<String, Object> changed = Map.of("span",
				new DescribedValue(Symbol.of("com.microsoft:timespan"), 10_000_000L), "count", 2);
		return Stream.of(arguments(new Disposition.Complete(), Map.of("disposition-status", "completed")),
				arguments(new Disposition.Release(), Map.of("disposition-status", "released")),
				arguments(new Disposition.Abandon(Map.of()), Map.of("disposition-status", "abandoned")),
				arguments(new Disposition.Abandon(change),
						Map.of("disposition-status", "abandoned", "properties-to-modify", changed)),
				arguments(new Disposition.Defer(change),
						Map.of("disposition-status", "defered", "properties-to-modify", changed)),
				arguments(new Disposition.DeadLetter(null, null, Map.of()), Map.of("disposition-status", "suspended")),
				arguments(new Disposition.DeadLetter("reason", "more", change),
						Map.of("disposition-status", "suspended", "deadletter-reason", "reason",
								"deadletter-description", "more", "properties-to-modify", changed)));
	}

	@Test
	void requestsAboutNothingAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RenewLocks(List.of()))
			.withMessage("lockTokens must not be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> new CancelScheduledMessages(List.of()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ReceiveDeferredMessages(List.of(), ReceiveMode.PEEK_LOCK));
		assertThatIllegalArgumentException().isThrownBy(() -> ScheduleMessages.at(LATER, List.of(), ENCODER));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UpdateDisposition(List.of(), new Disposition.Complete()));
		assertThatIllegalArgumentException().isThrownBy(() -> new PeekMessages(0, 0))
			.withMessage("maxMessages must be at least 1 but is 0");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ScheduleMessages(List.of(ServiceBusMessage.of("x")), ENCODER))
			.withMessage("scheduledEnqueueTime must be set on messages to be scheduled");
	}

	private static Map.Entry<String, Object> entry(String key, Object value) {
		return Map.entry(key, value);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> body(ManagementRequest<?> request) {
		AmqpMessage sent = sent(request.encode(Duration.ofSeconds(1), null));
		return (Map<String, Object>) ((MessageBody.Value) sent.body()).value();
	}

	private static AmqpMessage sent(AmqpMessage request) {
		return EncodedMessage.of(request.encode()).decode();
	}

}
