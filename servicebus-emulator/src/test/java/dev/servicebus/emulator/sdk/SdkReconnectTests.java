package dev.servicebus.emulator.sdk;

import java.util.concurrent.TimeUnit;

import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.servicebus.emulator.ServiceBusEmulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkReconnectTests {

	@Test
	void senderGoesOnWhenTheEmulatorWasRestarted() {
		ServiceBusEmulator first = ServiceBusEmulator.builder().queue("orders").build().start();
		try (ServiceBusSenderClient sender = SdkNamespace.builder(first.connectionString())
			.sender()
			.queueName("orders")
			.buildClient()) {
			int port = first.port();
			sender.sendMessage(new ServiceBusMessage("before"));
			assertThat(first.queue("orders").messages()).hasSize(1);
			first.close();
			try (ServiceBusEmulator second = ServiceBusEmulator.builder().queue("orders").port(port).build().start()) {
				sender.sendMessage(new ServiceBusMessage("after"));
				assertThat(second.queue("orders").messages()).hasSize(1);
			}
		}
	}

}
