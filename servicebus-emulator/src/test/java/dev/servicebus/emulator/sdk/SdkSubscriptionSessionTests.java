package dev.servicebus.emulator.sdk;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.servicebus.emulator.SubscriptionView;
import dev.servicebus.emulator.TopicView;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.session.SessionSnapshot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkSubscriptionSessionTests {

	@RegisterExtension
	static final SdkNamespace namespace = new SdkNamespace();

	private final TopicView topic = namespace.newTopic();

	private final SubscriptionView subscription = namespace.newSubscription(this.topic,
			EntityOptions.builder().requiresSession(true).build());

	@Test
	void sessionByIdIsReceivedInOrder() {
		send("a", "1", "2");
		send("b", "3");
		ServiceBusReceiverClient receiver = namespace
			.closeLater(namespace.sessions(this.subscription).acceptSession("a"));
		for (String expected : List.of("1", "2")) {
			ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
			assertThat(message.getBody()).hasToString(expected);
			receiver.complete(message);
		}
		assertThat(this.subscription.sessions()).extracting(SessionSnapshot::id, SessionSnapshot::isLocked)
			.containsExactlyInAnyOrder(tuple("a", true), tuple("b", false));
	}

	@Test
	void nextSessionWaitsForItsFirstMessage() {
		send("late", "1");
		ServiceBusReceiverClient receiver = namespace
			.closeLater(namespace.sessions(this.subscription).acceptNextSession());
		assertThat(receiver.getSessionId()).isEqualTo("late");
	}

	@Test
	void stateBelongsToTheSession() {
		ServiceBusReceiverClient receiver = namespace
			.closeLater(namespace.sessions(this.subscription).acceptSession("a"));
		receiver.setSessionState("state".getBytes(StandardCharsets.UTF_8));
		assertThat(receiver.getSessionState()).asString(StandardCharsets.UTF_8).isEqualTo("state");
		assertThat(this.subscription.sessions()).singleElement()
			.satisfies((session) -> assertThat(session.state()).asString(StandardCharsets.UTF_8).isEqualTo("state"));
	}

	@Test
	void expiredSessionGoesToAnotherReceiver() {
		send("a", "1");
		ServiceBusReceiverClient first = namespace.closeLater(namespace.sessions(this.subscription).acceptSession("a"));
		SdkNamespace.receiveOne(first);
		namespace.emulator.clock().advance(Duration.ofMinutes(1));
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.subscription.consumers() == 0);
		ServiceBusReceiverClient second = namespace.closeLater(
				SdkNamespace.sessions(SdkNamespace.builder(namespace.emulator.connectionString()), this.subscription)
					.acceptSession("a"));
		assertThat(SdkNamespace.receiveOne(second).getDeliveryCount()).isEqualTo(1);
	}

	@Test
	void messageWithoutSessionIsADeadLetter() {
		namespace.sender(this.topic).sendMessage(new ServiceBusMessage("none"));
		assertThat(this.subscription.messages()).isEmpty();
		assertThat(SdkNamespace.receiveOne(namespace.deadLetterReceiver(this.subscription)).getDeadLetterReason())
			.isEqualTo("Session ID is null.");
	}

	private void send(String sessionId, String... bodies) {
		ServiceBusSenderClient sender = namespace.sender(this.topic);
		for (String body : bodies) {
			sender.sendMessage(new ServiceBusMessage(body).setSessionId(sessionId));
		}
	}

}
