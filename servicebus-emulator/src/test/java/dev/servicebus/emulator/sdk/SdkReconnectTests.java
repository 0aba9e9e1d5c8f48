package dev.servicebus.emulator.sdk;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.servicebus.emulator.ServiceBusEmulator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkReconnectTests {

	private final Queue<String> handled = new ConcurrentLinkedQueue<>();

	@Test
	void clientsGoOnWhenTheEmulatorWasRestarted() {
		ServiceBusEmulator first = ServiceBusEmulator.builder().queue("orders").build().start();
		int port = first.port();
		try (ServiceBusProcessorClient processor = processor(first.connectionString());
				ServiceBusSenderClient sender = SdkNamespace.builder(first.connectionString())
					.sender()
					.queueName("orders")
					.buildClient()) {
			processor.start();
			sender.sendMessage(new ServiceBusMessage("before"));
			awaitHandled("before");
			first.close();
			try (ServiceBusEmulator second = ServiceBusEmulator.builder().queue("orders").port(port).build().start()) {
				sender.sendMessage(new ServiceBusMessage("after"));
				awaitHandled("after");
				Awaitility.await()
					.atMost(Duration.ofSeconds(10))
					.untilAsserted(() -> assertThat(second.queue("orders").messages()).isEmpty());
			}
		}
	}

	private void awaitHandled(String body) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> this.handled.contains(body));
	}

	private ServiceBusProcessorClient processor(String connectionString) {
		return SdkNamespace.builder(connectionString)
			.processor()
			.queueName("orders")
			.processMessage((context) -> this.handled.add(context.getMessage().getBody().toString()))
			.processError((context) -> {
			})
			.buildProcessorClient();
	}

}
