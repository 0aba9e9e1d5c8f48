package dev.servicebus.emulator.sdk;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessageContext;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.ServiceBusSessionReceiverClient;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.entity.EntityOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkSessionTests {

	@RegisterExtension
	static final SdkNamespace namespace = new SdkNamespace();

	private final QueueView queue = namespace.newQueue(EntityOptions.builder().requiresSession(true).build());

	private final Map<String, Queue<String>> handled = new ConcurrentHashMap<>();

	@Test
	void sessionByIdIsFirstInFirstOutEvenAfterAbandon() {
		send("a", "1", "2");
		send("b", "3");
		ServiceBusReceiverClient receiver = namespace.closeLater(sessions().acceptSession("a"));
		assertThat(receiver.getSessionId()).isEqualTo("a");
		ServiceBusReceivedMessage first = SdkNamespace.receiveOne(receiver);
		assertThat(first.getSessionId()).isEqualTo("a");
		receiver.abandon(first);
		for (String expected : List.of("1", "2")) {
			ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
			assertThat(message.getBody()).hasToString(expected);
			receiver.complete(message);
		}
		assertThat(this.queue.messages()).hasSize(1);
	}

	@Test
	void nextSessionIsTheOneWithAMessage() {
		ServiceBusSessionReceiverClient sessions = sessions();
		send("late", "1");
		ServiceBusReceiverClient receiver = namespace.closeLater(sessions.acceptNextSession());
		assertThat(receiver.getSessionId()).isEqualTo("late");
		receiver.complete(SdkNamespace.receiveOne(receiver));
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void stateAndLockBelongToTheSession() {
		ServiceBusReceiverClient receiver = namespace.closeLater(sessions().acceptSession("a"));
		assertThat(receiver.getSessionState()).isNull();
		receiver.setSessionState("state".getBytes(StandardCharsets.UTF_8));
		assertThat(receiver.getSessionState()).asString(StandardCharsets.UTF_8).isEqualTo("state");
		receiver.setSessionState(null);
		assertThat(receiver.getSessionState()).isNull();
		assertThat(receiver.renewSessionLock()).isAfter(OffsetDateTime.now());
	}

	@Test
	void heldSessionCannotBeLocked() {
		ServiceBusReceiverClient holder = sessions().acceptSession("a");
		// On one connection the SDK gives out the link that it has for the session
		// already.
		ServiceBusSessionReceiverClient others = sessions(SdkNamespace.builder(namespace.emulator.connectionString()));
		assertThatExceptionOfType(AmqpException.class).isThrownBy(() -> others.acceptSession("a"))
			.satisfies(
					(ex) -> assertThat(ex.getErrorCondition()).isEqualTo(AmqpErrorCondition.SESSION_CANNOT_BE_LOCKED));
		holder.close();
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.queue.consumers() == 0);
		namespace.closeLater(others.acceptSession("a"));
	}

	@Test
	void deferredMessageIsReceivedInItsSession() {
		send("a", "1");
		ServiceBusReceiverClient receiver = namespace.closeLater(sessions().acceptSession("a"));
		ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
		receiver.defer(message);
		assertThat(receiver.peekMessage().getSessionId()).isEqualTo("a");
		receiver.complete(receiver.receiveDeferredMessage(message.getSequenceNumber()));
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void processorServesSessionsSideBySideAndEachInOrder() {
		List<String> ids = List.of("a", "b", "c");
		ids.forEach((id) -> send(id, "1", "2", "3"));
		ServiceBusProcessorClient processor = namespace.builder()
			.sessionProcessor()
			.queueName(this.queue.path())
			.maxConcurrentSessions(2)
			.sessionIdleTimeout(Duration.ofMillis(500))
			.processMessage(this::handle)
			.processError((context) -> {
			})
			.buildProcessorClient();
		try (processor) {
			processor.start();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> this.queue.messages().isEmpty());
		}
		ids.forEach((id) -> assertThat(this.handled.get(id)).containsExactly("1", "2", "3"));
	}

	private void handle(ServiceBusReceivedMessageContext context) {
		ServiceBusReceivedMessage message = context.getMessage();
		this.handled.computeIfAbsent(message.getSessionId(), (id) -> new ConcurrentLinkedQueue<>())
			.add(message.getBody().toString());
	}

	private void send(String sessionId, String... bodies) {
		ServiceBusSenderClient sender = namespace.sender(this.queue);
		for (String body : bodies) {
			sender.sendMessage(new ServiceBusMessage(body).setSessionId(sessionId));
		}
	}

	private ServiceBusSessionReceiverClient sessions() {
		return sessions(namespace.builder());
	}

	private ServiceBusSessionReceiverClient sessions(ServiceBusClientBuilder builder) {
		return namespace.closeLater(SdkNamespace.sessions(builder, this.queue));
	}

}
