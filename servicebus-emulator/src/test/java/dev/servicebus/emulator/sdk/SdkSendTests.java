package dev.servicebus.emulator.sdk;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.azure.core.amqp.exception.AmqpException;
import com.azure.core.amqp.models.AmqpMessageBody;
import com.azure.core.util.BinaryData;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusMessageBatch;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.store.MessageState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkSendTests {

	@RegisterExtension
	static final SdkNamespace namespace = new SdkNamespace();

	@Test
	void sendAndReceiveWithAllProperties() {
		QueueView queue = namespace.newQueue();
		UUID uuid = UUID.randomUUID();
		OffsetDateTime time = OffsetDateTime.parse("2026-01-02T03:04:05Z");
		ServiceBusMessage sent = new ServiceBusMessage("hello").setMessageId("id-1")
			.setSubject("subject")
			.setContentType("text/plain")
			.setCorrelationId("correlation")
			.setReplyTo("reply")
			.setTo("to")
			.setPartitionKey("key")
			.setTimeToLive(Duration.ofMinutes(7));
		sent.getApplicationProperties().put("text", "value");
		sent.getApplicationProperties().put("number", 42);
		sent.getApplicationProperties().put("long", 1L << 40);
		sent.getApplicationProperties().put("uuid", uuid);
		sent.getApplicationProperties().put("time", time);
		sent.getApplicationProperties().put("duration", Duration.ofSeconds(90));
		namespace.sender(queue).sendMessage(sent);

		ServiceBusReceivedMessage got = SdkNamespace.receiveOne(namespace.receiver(queue));
		assertThat(got.getBody()).hasToString("hello");
		assertThat(got.getMessageId()).isEqualTo("id-1");
		assertThat(got.getSubject()).isEqualTo("subject");
		assertThat(got.getContentType()).isEqualTo("text/plain");
		assertThat(got.getCorrelationId()).isEqualTo("correlation");
		assertThat(got.getReplyTo()).isEqualTo("reply");
		assertThat(got.getTo()).isEqualTo("to");
		assertThat(got.getPartitionKey()).isEqualTo("key");
		assertThat(got.getTimeToLive()).isEqualTo(Duration.ofMinutes(7));
		assertThat(got.getExpiresAt()).isEqualTo(got.getEnqueuedTime().plusMinutes(7));
		assertThat(got.getDeliveryCount()).isZero();
		assertThat(got.getSequenceNumber()).isOne();
		assertThat(got.getLockedUntil()).isBetween(got.getEnqueuedTime().plusMinutes(1),
				got.getEnqueuedTime().plusMinutes(2));
		assertThat(got.getLockToken()).isNotEqualTo(new UUID(0, 0).toString());
		assertThat(got.getApplicationProperties()).containsEntry("text", "value")
			.containsEntry("number", 42)
			.containsEntry("long", 1L << 40)
			.containsEntry("uuid", uuid)
			.containsEntry("time", time)
			.containsEntry("duration", Duration.ofSeconds(90));
	}

	@Test
	void sendValueAndSequenceBodies() {
		QueueView queue = namespace.newQueue();
		ServiceBusSenderClient sender = namespace.sender(queue);
		sender.sendMessage(new ServiceBusMessage(AmqpMessageBody.fromValue("a value")));
		sender.sendMessage(new ServiceBusMessage(AmqpMessageBody.fromSequence(List.of(1, "two"))));
		List<AmqpMessageBody> bodies = namespace.receiver(queue)
			.receiveMessages(2, SdkNamespace.WAIT)
			.stream()
			.map((message) -> message.getRawAmqpMessage().getBody())
			.toList();
		assertThat(bodies.get(0).getValue()).isEqualTo("a value");
		assertThat(bodies.get(1).getSequence()).isEqualTo(List.of(1, "two"));
	}

	@Test
	void footersAndAnnotationsComeBack() {
		QueueView queue = namespace.newQueue();
		ServiceBusMessage sent = new ServiceBusMessage("body");
		sent.getRawAmqpMessage().getFooter().put("footer", "f");
		sent.getRawAmqpMessage().getDeliveryAnnotations().put("delivery", "d");
		namespace.sender(queue).sendMessage(sent);
		ServiceBusReceivedMessage got = SdkNamespace.receiveOne(namespace.receiver(queue));
		assertThat(got.getRawAmqpMessage().getFooter()).containsEntry("footer", "f");
		assertThat(got.getRawAmqpMessage().getDeliveryAnnotations()).containsEntry("delivery", "d");
	}

	@Test
	void sendBatch() {
		QueueView queue = namespace.newQueue();
		ServiceBusSenderClient sender = namespace.sender(queue);
		ServiceBusMessageBatch batch = sender.createMessageBatch();
		assertThat(batch.getMaxSizeInBytes()).isEqualTo(262_144);
		for (int i = 0; i < 20; i++) {
			assertThat(batch.tryAddMessage(new ServiceBusMessage("m" + i))).isTrue();
		}
		sender.sendMessages(batch);
		assertThat(queue.messages()).extracting(StoredMessage::bodyAsString).hasSize(20).startsWith("m0", "m1");
		sender.sendMessages(List.of(new ServiceBusMessage("x"), new ServiceBusMessage("y")));
		assertThat(queue.counts().active()).isEqualTo(22);
	}

	@Test
	void oversizeSendIsRefused() {
		QueueView queue = namespace.newQueue();
		ServiceBusSenderClient sender = namespace.sender(queue);
		byte[] tooLarge = new byte[300_000];
		assertThatThrownBy(() -> sender.sendMessage(new ServiceBusMessage(BinaryData.fromBytes(tooLarge))))
			.isInstanceOfSatisfying(ServiceBusException.class,
					(ex) -> assertThat(ex.getReason()).isEqualTo(ServiceBusFailureReason.MESSAGE_SIZE_EXCEEDED));
		sender.sendMessage(new ServiceBusMessage(BinaryData.fromBytes(new byte[200_000])));
		assertThat(queue.counts().active()).isOne();
	}

	@Test
	void scheduleAndCancel() {
		QueueView queue = namespace.newQueue();
		ServiceBusSenderClient sender = namespace.sender(queue);
		OffsetDateTime later = OffsetDateTime.now().plusHours(1);
		Long first = sender.scheduleMessage(new ServiceBusMessage("first"), later);
		List<Long> both = new ArrayList<>();
		sender.scheduleMessages(List.of(new ServiceBusMessage("second"), new ServiceBusMessage("third")), later)
			.forEach(both::add);
		assertThat(queue.messages()).extracting(StoredMessage::state).containsOnly(MessageState.SCHEDULED).hasSize(3);
		sender.cancelScheduledMessage(first);
		sender.cancelScheduledMessages(List.of(both.get(0)));
		assertThat(queue.messages()).extracting(StoredMessage::bodyAsString).containsExactly("third");
		namespace.emulator.clock().advance(Duration.ofHours(1));
		assertThat(SdkNamespace.receiveOne(namespace.receiver(queue)).getBody()).hasToString("third");
	}

	@Test
	void scheduledByPropertyOnAnOrdinarySend() {
		QueueView queue = namespace.newQueue();
		OffsetDateTime later = OffsetDateTime.ofInstant(namespace.emulator.clock().instant(), ZoneOffset.UTC)
			.plusHours(1);
		namespace.sender(queue).sendMessage(new ServiceBusMessage("x").setScheduledEnqueueTime(later));
		assertThat(queue.counts().scheduled()).isOne();
	}

	@Test
	void unknownQueueIsReportedAsMissing() {
		try (ServiceBusSenderClient sender = namespace.builder().sender().queueName("nowhere").buildClient()) {
			assertThatThrownBy(() -> sender.sendMessage(new ServiceBusMessage("x"))).isInstanceOfSatisfying(
					ServiceBusException.class,
					(ex) -> assertThat(ex.getReason()).isEqualTo(ServiceBusFailureReason.MESSAGING_ENTITY_NOT_FOUND));
		}
	}

	@Test
	void wrongKeyIsReportedAsUnauthorized() {
		QueueView queue = namespace.newQueue();
		String connectionString = namespace.emulator.connectionString().replace("SAS_KEY_VALUE", "another");
		try (ServiceBusSenderClient sender = SdkNamespace.builder(connectionString)
			.sender()
			.queueName(queue.path())
			.buildClient()) {
			Throwable failure = catchThrowable(() -> sender.sendMessage(new ServiceBusMessage("x")));
			assertThat(failure).isInstanceOfAny(ServiceBusException.class, AmqpException.class)
				.hasMessageContaining("InvalidSignature");
			assertThat(failure.toString()).doesNotContain("another");
			if (failure instanceof ServiceBusException ex) {
				assertThat(ex.getReason()).isEqualTo(ServiceBusFailureReason.UNAUTHORIZED);
			}
		}
	}

}
