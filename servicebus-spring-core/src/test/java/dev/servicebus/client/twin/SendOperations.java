package dev.servicebus.client.twin;

import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.azure.core.amqp.models.AmqpMessageBody;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.servicebus.client.ServiceBusMessageBatch;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.message.ServiceBusMessage;

/**
 * Sending, scheduling, cancelling.
 */
final class SendOperations {

	private static final OffsetDateTime LATER = OffsetDateTime.parse("2040-01-02T03:04:05Z");

	private SendOperations() {
	}

	static List<TwinOperation> all() {
		return List.of(
				TwinOperation.of("send text", (theirs) -> theirs.sender(TwinOperation.QUEUE).sendMessage(theirs("1")),
						(ours) -> ours.sender(TwinOperation.QUEUE).send(ours("1"))),
				TwinOperation.of("send to a topic", (theirs) -> theirs.topicSender().sendMessage(theirs("1")),
						(ours) -> ours.sender(TwinOperation.TOPIC).send(ours("1"))),
				TwinOperation.of("send every field",
						(theirs) -> theirs.sender(TwinOperation.QUEUE).sendMessage(theirsWithEverything()),
						(ours) -> ours.sender(TwinOperation.QUEUE).send(oursWithEverything())),
				TwinOperation.of(
						"send a value", (
								theirs) -> theirs.sender(TwinOperation.QUEUE)
									.sendMessage(new com.azure.messaging.servicebus.ServiceBusMessage(
											AmqpMessageBody.fromValue(42L))
										.setMessageId("v")),
						(ours) -> ours.sender(TwinOperation.QUEUE)
							.send(ServiceBusMessage.builder().value(42L).messageId("v").build())),
				TwinOperation.of("send a sequence",
						(theirs) -> theirs.sender(TwinOperation.QUEUE)
							.sendMessage(new com.azure.messaging.servicebus.ServiceBusMessage(
									AmqpMessageBody.fromSequence(List.of("a", 1)))
								.setMessageId("s")),
						(ours) -> ours.sender(TwinOperation.QUEUE)
							.send(ServiceBusMessage.builder().sequence(List.of("a", 1)).messageId("s").build())),
				TwinOperation.of("send without an id",
						(theirs) -> theirs.sender(TwinOperation.QUEUE)
							.sendMessage(new com.azure.messaging.servicebus.ServiceBusMessage("1")),
						(ours) -> ours.sender(TwinOperation.QUEUE).send(ServiceBusMessage.of("1"))),
				TwinOperation.of("send a batch", SendOperations::theirBatch, SendOperations::ourBatch),
				TwinOperation.of("send a batch with a session", SendOperations::theirSessionBatch,
						SendOperations::ourSessionBatch),
				TwinOperation.of("schedule and cancel one", SendOperations::theirSchedule, SendOperations::ourSchedule),
				TwinOperation.of("schedule and cancel several", SendOperations::theirSchedules,
						SendOperations::ourSchedules));
	}

	static com.azure.messaging.servicebus.ServiceBusMessage theirs(String body) {
		return new com.azure.messaging.servicebus.ServiceBusMessage(body).setMessageId("id-" + body);
	}

	static ServiceBusMessage ours(String body) {
		return ServiceBusMessage.builder().body(body).messageId("id-" + body).build();
	}

	private static com.azure.messaging.servicebus.ServiceBusMessage theirsWithEverything() {
		var message = new com.azure.messaging.servicebus.ServiceBusMessage("body").setMessageId("id")
			.setSessionId("s")
			.setPartitionKey("s")
			.setContentType("text/plain")
			.setCorrelationId("correlation")
			.setSubject("subject")
			.setTo("to")
			.setReplyTo("reply")
			.setReplyToSessionId("reply-session")
			.setTimeToLive(Duration.ofMinutes(5))
			.setScheduledEnqueueTime(LATER);
		message.getApplicationProperties().putAll(properties());
		return message;
	}

	private static ServiceBusMessage oursWithEverything() {
		return ServiceBusMessage.builder()
			.body("body")
			.messageId("id")
			.sessionId("s")
			.partitionKey("s")
			.contentType("text/plain")
			.correlationId("correlation")
			.subject("subject")
			.to("to")
			.replyTo("reply")
			.replyToSessionId("reply-session")
			.timeToLive(Duration.ofMinutes(5))
			.scheduledEnqueueTime(LATER)
			.applicationProperties(properties())
			.build();
	}

	private static Map<String, Object> properties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("string", "text");
		properties.put("boolean", true);
		properties.put("byte", (byte) 1);
		properties.put("short", (short) 2);
		properties.put("int", 3);
		properties.put("long", 4L);
		properties.put("float", 5.5f);
		properties.put("double", 6.5);
		properties.put("char", 'c');
		properties.put("uuid", UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
		properties.put("duration", Duration.ofSeconds(7));
		properties.put("date", LATER);
		properties.put("uri", URI.create("https://example.org/a"));
		return properties;
	}

	private static void theirBatch(TheirClients clients) {
		ServiceBusSenderClient sender = clients.sender(TwinOperation.QUEUE);
		var batch = sender.createMessageBatch();
		batch.tryAddMessage(theirs("1"));
		batch.tryAddMessage(theirs("2"));
		sender.sendMessages(batch);
		sender.sendMessages(List.of(theirs("3"), theirs("4")));
	}

	private static void ourBatch(ServiceBusClient client) {
		ServiceBusSender sender = client.sender(TwinOperation.QUEUE);
		ServiceBusMessageBatch batch = sender.createMessageBatch();
		batch.tryAdd(ours("1"));
		batch.tryAdd(ours("2"));
		sender.send(batch);
		sender.send(List.of(ours("3"), ours("4")));
	}

	private static void theirSessionBatch(TheirClients clients) {
		clients.sender(TwinOperation.SESSIONS)
			.sendMessages(List.of(theirs("1").setSessionId("s").setPartitionKey("s"),
					theirs("2").setSessionId("s").setPartitionKey("s")));
	}

	private static void ourSessionBatch(ServiceBusClient client) {
		client.sender(TwinOperation.SESSIONS)
			.send(List.of(ours("1").mutate().sessionId("s").partitionKey("s").build(),
					ours("2").mutate().sessionId("s").partitionKey("s").build()));
	}

	private static void theirSchedule(TheirClients clients) {
		ServiceBusSenderClient sender = clients.sender(TwinOperation.QUEUE);
		long number = sender.scheduleMessage(theirsWithEverything(), LATER);
		sender.cancelScheduledMessage(number);
	}

	private static void ourSchedule(ServiceBusClient client) {
		ServiceBusSender sender = client.sender(TwinOperation.QUEUE);
		long number = sender.schedule(oursWithEverything(), LATER);
		sender.cancelScheduled(number);
	}

	private static void theirSchedules(TheirClients clients) {
		ServiceBusSenderClient sender = clients.sender(TwinOperation.QUEUE);
		List<Long> numbers = new ArrayList<>();
		sender.scheduleMessages(List.of(theirs("1"), theirs("2")), LATER).forEach(numbers::add);
		sender.cancelScheduledMessages(numbers);
	}

	private static void ourSchedules(ServiceBusClient client) {
		ServiceBusSender sender = client.sender(TwinOperation.QUEUE);
		sender.cancelScheduled(sender.schedule(List.of(ours("1"), ours("2")), LATER));
	}

}
