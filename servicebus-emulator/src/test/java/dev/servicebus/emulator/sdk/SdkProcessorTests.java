package dev.servicebus.emulator.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import com.azure.messaging.servicebus.ServiceBusErrorContext;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusReceivedMessageContext;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.entity.EntityOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkProcessorTests {

	@RegisterExtension
	static final SdkNamespace namespace = new SdkNamespace();

	private final Queue<String> handled = new ConcurrentLinkedQueue<>();

	private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

	@Test
	void processorHandlesAndCompletes() {
		QueueView queue = namespace.newQueue();
		try (ServiceBusProcessorClient processor = processor(queue)) {
			processor.start();
			namespace.send(queue, "a", "b", "c");
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> queue.messages().isEmpty());
		}
		assertThat(this.handled).containsExactlyInAnyOrder("a", "b", "c");
		assertThat(this.errors).isEmpty();
	}

	@Test
	void processorAbandonsWhatFailsUntilItIsDeadLettered() {
		QueueView queue = namespace.newQueue(EntityOptions.builder().maxDeliveryCount(3).build());
		try (ServiceBusProcessorClient processor = processor(queue)) {
			processor.start();
			namespace.send(queue, "fail");
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> queue.deadLetters().size() == 1);
		}
		assertThat(this.handled).containsExactlyElementsOf(List.of("fail", "fail", "fail"));
		assertThat(this.errors).hasSize(3);
	}

	private ServiceBusProcessorClient processor(QueueView queue) {
		return namespace.builder()
			.processor()
			.queueName(queue.path())
			.maxConcurrentCalls(2)
			.processMessage(this::handle)
			.processError((ServiceBusErrorContext context) -> this.errors.add(context.getException()))
			.buildProcessorClient();
	}

	private void handle(ServiceBusReceivedMessageContext context) {
		String body = context.getMessage().getBody().toString();
		this.handled.add(body);
		if (body.equals("fail")) {
			throw new IllegalStateException("as planned");
		}
	}

}
