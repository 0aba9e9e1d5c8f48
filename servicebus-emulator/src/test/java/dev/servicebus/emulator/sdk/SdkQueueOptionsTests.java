package dev.servicebus.emulator.sdk;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.entity.EntityOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkQueueOptionsTests {

	@RegisterExtension
	static final SdkNamespace namespace = new SdkNamespace();

	@Test
	void duplicateWithinTheWindowIsAcceptedAndDropped() {
		QueueView queue = namespace
			.newQueue(EntityOptions.builder().duplicateDetectionWindow(Duration.ofMinutes(1)).build());
		ServiceBusSenderClient sender = namespace.sender(queue);
		sender.sendMessage(new ServiceBusMessage("first").setMessageId("id"));
		sender.sendMessage(new ServiceBusMessage("again").setMessageId("id"));
		sender.sendMessage(new ServiceBusMessage("other").setMessageId("another id"));

		assertThat(queue.messages()).hasSize(2);
		assertThat(SdkNamespace.receiveOne(namespace.receiver(queue)).getBody()).hasToString("first");
	}

	@Test
	void messageSentToTheSourceArrivesAtTheDestination() {
		QueueView destination = namespace.newQueue();
		QueueView source = namespace.newQueue(EntityOptions.builder().forwardTo(destination.path()).build());
		namespace.sender(source).sendMessage(new ServiceBusMessage("onwards"));

		ServiceBusReceivedMessage received = SdkNamespace.receiveOne(namespace.receiver(destination));
		assertThat(received.getBody()).hasToString("onwards");
		assertThat(source.messages()).isEmpty();
	}

}
