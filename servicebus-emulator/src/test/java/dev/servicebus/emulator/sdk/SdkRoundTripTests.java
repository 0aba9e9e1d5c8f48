package dev.servicebus.emulator.sdk;

import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.azure.core.amqp.models.AmqpAnnotatedMessage;
import com.azure.core.amqp.models.AmqpMessageBody;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.models.ServiceBusMessageState;
import dev.servicebus.emulator.SubscriptionView;
import dev.servicebus.emulator.TopicView;
import dev.servicebus.emulator.rule.RuleDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages come out of a subscription as Microsoft's SDK has put them into the topic,
 * whether they are copied as they are or a rule changes them.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkRoundTripTests {

	private static final RuleDefinition UNCHANGED = RuleDefinition.sql("unchanged", "1=1");

	private static final RuleDefinition CHANGED = UNCHANGED.withAction("SET added = 1");

	@RegisterExtension
	static final SdkNamespace namespace = new SdkNamespace();

	private final TopicView topic = namespace.newTopic();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sectionsAndTypesAreThoseOfTheSender(boolean changed) {
		SubscriptionView subscription = namespace.newSubscription(this.topic, changed ? CHANGED : UNCHANGED);
		namespace.sender(this.topic).sendMessage(message());

		ServiceBusReceivedMessage got = SdkNamespace.receiveOne(namespace.receiver(subscription));
		assertThat(got.getBody()).hasToString("body");
		assertThat(got.getSessionId()).isEqualTo("group");
		assertThat(got.getReplyToSessionId()).isEqualTo("reply group");
		assertThat(got.getPartitionKey()).isEqualTo("group");
		assertThat(got.getSubject()).isEqualTo("subject");
		AmqpAnnotatedMessage raw = got.getRawAmqpMessage();
		assertThat(raw.getHeader().isDurable()).isTrue();
		assertThat(raw.getHeader().getPriority()).isEqualTo((short) 7);
		assertThat(raw.getProperties().getUserId()).containsExactly(1, 2);
		assertThat(raw.getProperties().getContentEncoding()).isEqualTo("gzip");
		assertThat(raw.getProperties().getGroupSequence()).isEqualTo(5L);
		assertThat(raw.getFooter()).containsEntry("footer", "f");
		assertThat(raw.getDeliveryAnnotations()).containsEntry("delivery", "d");
		assertThat(got.getApplicationProperties()).containsAllEntriesOf(values());
	}

	@Test
	void bodiesOfEveryKindComeOut() {
		SubscriptionView subscription = namespace.newSubscription(this.topic, CHANGED);
		List<AmqpMessageBody> sent = List.of(AmqpMessageBody.fromValue(Map.of("k", 1)),
				AmqpMessageBody.fromSequence(List.of(1, "two")), AmqpMessageBody.fromData(new byte[] { 1, 2 }));
		sent.forEach((body) -> namespace.sender(this.topic).sendMessage(new ServiceBusMessage(body)));

		List<AmqpMessageBody> got = namespace.receiver(subscription)
			.receiveMessages(3, SdkNamespace.WAIT)
			.stream()
			.map((message) -> message.getRawAmqpMessage().getBody())
			.toList();
		assertThat(got).extracting(AmqpMessageBody::getBodyType)
			.containsExactlyElementsOf(sent.stream().map(AmqpMessageBody::getBodyType).toList());
		assertThat(got.get(0).getValue()).isEqualTo(Map.of("k", 1));
		assertThat(got.get(1).getSequence()).isEqualTo(List.of(1, "two"));
		assertThat(got.get(2).getFirstData()).containsExactly(1, 2);
	}

	@Test
	void stateIsToldToThoseWhoPeek() {
		SubscriptionView subscription = namespace.newSubscription(this.topic);
		namespace.send(this.topic, "active", "deferred");
		ServiceBusReceiverClient receiver = namespace.receiver(subscription);
		List<ServiceBusReceivedMessage> both = receiver.receiveMessages(2, SdkNamespace.WAIT).stream().toList();
		receiver.defer(both.get(1));
		assertThat(receiver.peekMessages(2)).extracting(ServiceBusReceivedMessage::getState)
			.containsExactly(ServiceBusMessageState.ACTIVE, ServiceBusMessageState.DEFERRED);
	}

	private static ServiceBusMessage message() {
		ServiceBusMessage message = new ServiceBusMessage("body").setSessionId("group")
			.setPartitionKey("group")
			.setReplyToSessionId("reply group")
			.setSubject("subject");
		AmqpAnnotatedMessage raw = message.getRawAmqpMessage();
		raw.getHeader().setDurable(true).setPriority((short) 7);
		raw.getProperties().setUserId(new byte[] { 1, 2 }).setContentEncoding("gzip").setGroupSequence(5L);
		raw.getFooter().put("footer", "f");
		raw.getDeliveryAnnotations().put("delivery", "d");
		message.getApplicationProperties().putAll(values());
		return message;
	}

	private static Map<String, Object> values() {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("text", "value");
		values.put("truth", true);
		values.put("byte", (byte) 1);
		values.put("short", (short) 2);
		values.put("int", 3);
		values.put("long", 4L);
		values.put("float", 1.5f);
		values.put("double", -2.5);
		values.put("char", 'c');
		values.put("uuid", new UUID(1, 2));
		values.put("duration", Duration.ofSeconds(90));
		values.put("time", OffsetDateTime.parse("2026-01-02T03:04:05.678Z"));
		values.put("uri", URI.create("sb://somewhere/else"));
		return values;
	}

}
