package dev.servicebus.emulator.sdk;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.models.ServiceBusMessageState;
import com.azure.messaging.servicebus.models.ServiceBusReceiveMode;
import dev.servicebus.emulator.QueueView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkReceiveTests {

	@RegisterExtension
	static final SdkNamespace namespace = new SdkNamespace();

	@Test
	void receiveAndDeleteLeavesNothing() {
		QueueView queue = namespace.newQueue();
		namespace.send(queue, "a", "b");
		ServiceBusReceiverClient receiver = namespace.receiver(queue, ServiceBusReceiveMode.RECEIVE_AND_DELETE);
		assertThat(bodies(receiver, 2)).containsExactly("a", "b");
		assertThat(queue.messages()).isEmpty();
	}

	@Test
	void receiveOnAnEmptyQueueEndsAfterItsTime() {
		QueueView queue = namespace.newQueue();
		assertThat(namespace.receiver(queue).receiveMessages(1, SdkNamespace.MOMENT)).isEmpty();
	}

	@Test
	void manyMessagesComeInOrder() {
		QueueView queue = namespace.newQueue();
		List<ServiceBusMessage> messages = IntStream.range(0, 500)
			.mapToObj((i) -> new ServiceBusMessage("m" + i))
			.toList();
		namespace.sender(queue).sendMessages(messages);
		ServiceBusReceiverAsyncClient receiver = namespace
			.closeLater(namespace.receiverBuilder(queue).prefetchCount(50).buildAsyncClient());
		List<String> received = receiver.receiveMessages()
			.concatMap((message) -> receiver.complete(message).thenReturn(message.getBody().toString()))
			.take(500)
			.collectList()
			.block(Duration.ofSeconds(30));
		assertThat(received).isEqualTo(IntStream.range(0, 500).mapToObj((i) -> "m" + i).toList());
		assertThat(queue.messages()).isEmpty();
	}

	@Test
	void peekShowsMessagesOfEveryState() {
		QueueView queue = namespace.newQueue();
		namespace.send(queue, "deferred", "locked", "active");
		ServiceBusReceiverClient receiver = namespace.receiver(queue);
		receiver.defer(SdkNamespace.receiveOne(receiver));
		SdkNamespace.receiveOne(receiver);
		namespace.sender(queue).scheduleMessage(new ServiceBusMessage("scheduled"), OffsetDateTime.now().plusHours(1));

		ServiceBusReceiverClient browser = namespace.receiver(queue);
		List<ServiceBusReceivedMessage> peeked = browser.peekMessages(10).stream().toList();
		assertThat(peeked).extracting((message) -> message.getBody().toString())
			.containsExactly("deferred", "locked", "active", "scheduled");
		assertThat(peeked).extracting(ServiceBusReceivedMessage::getState)
			.containsExactly(ServiceBusMessageState.DEFERRED, ServiceBusMessageState.ACTIVE,
					ServiceBusMessageState.ACTIVE, ServiceBusMessageState.SCHEDULED);
		assertThat(browser.peekMessage()).as("peek goes on after the last one").isNull();
		assertThat(browser.peekMessage(peeked.get(1).getSequenceNumber()).getBody()).hasToString("locked");
	}

	@Test
	void peekOnAnEmptyQueueFindsNothing() {
		assertThat(namespace.receiver(namespace.newQueue()).peekMessage()).isNull();
	}

	@Test
	void deferredMessagesAreReceivedAndDeleted() {
		QueueView queue = namespace.newQueue();
		namespace.send(queue, "a", "b");
		ServiceBusReceiverClient receiver = namespace.receiver(queue);
		List<Long> numbers = receiver.receiveMessages(2, SdkNamespace.WAIT)
			.stream()
			.peek(receiver::defer)
			.map(ServiceBusReceivedMessage::getSequenceNumber)
			.toList();
		ServiceBusReceiverClient deleting = namespace.receiver(queue, ServiceBusReceiveMode.RECEIVE_AND_DELETE);
		assertThat(deleting.receiveDeferredMessageBatch(numbers)).extracting((message) -> message.getBody().toString())
			.containsExactly("a", "b");
		assertThat(queue.messages()).isEmpty();
	}

	@Test
	void unknownQueueIsReportedAsMissing() {
		try (ServiceBusReceiverClient receiver = namespace.builder().receiver().queueName("nowhere").buildClient()) {
			assertThatThrownBy(() -> receiver.receiveMessages(1, SdkNamespace.WAIT).stream().toList())
				.hasStackTraceContaining("could not be found");
		}
	}

	private static List<String> bodies(ServiceBusReceiverClient receiver, int count) {
		return receiver.receiveMessages(count, SdkNamespace.WAIT)
			.stream()
			.map((message) -> message.getBody().toString())
			.toList();
	}

}
