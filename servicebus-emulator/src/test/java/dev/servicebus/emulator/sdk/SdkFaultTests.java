package dev.servicebus.emulator.sdk;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.fault.FaultError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What Microsoft's SDK makes of faults.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkFaultTests {

	/**
	 * When the client asks for a new link while it still ends its old connection, it
	 * notices only after a whole attempt of 5 seconds, and then asks again.
	 */
	private static final Duration RECOVERY = Duration.ofSeconds(30);

	@RegisterExtension
	static final SdkNamespace namespace = new SdkNamespace();

	private final QueueView queue = namespace.newQueue();

	private final ServiceBusClientBuilder patient = new ServiceBusClientBuilder()
		.connectionString(namespace.emulator.connectionString())
		.retryOptions(new AmqpRetryOptions().setMaxRetries(3)
			.setDelay(Duration.ofMillis(100))
			.setTryTimeout(Duration.ofSeconds(5)));

	@AfterEach
	void clear() {
		namespace.emulator.faults().clear();
	}

	@Test
	void senderTriesAgainWhileTheServiceIsBusy() {
		namespace.emulator.faults().onSend(this.queue.path()).next(1).refuse(FaultError.serverBusy());
		try (ServiceBusSenderClient sender = this.patient.sender().queueName(this.queue.path()).buildClient()) {
			sender.sendMessage(new ServiceBusMessage("1"));
		}
		assertThat(this.queue.messages()).hasSize(1);
		assertThat(namespace.emulator.faults().log()).isNotEmpty();
	}

	@Test
	void clientsRecoverFromADroppedConnection() {
		try (ServiceBusSenderClient sender = this.patient.sender().queueName(this.queue.path()).buildClient();
				ServiceBusReceiverClient receiver = this.patient.receiver()
					.queueName(this.queue.path())
					.buildClient()) {
			sender.sendMessage(new ServiceBusMessage("1"));
			receiver.complete(SdkNamespace.receiveOne(receiver));
			namespace.emulator.faults().dropConnections();

			sender.sendMessage(new ServiceBusMessage("2"));
			assertThat(receiver.receiveMessages(1, RECOVERY)).singleElement().satisfies((message) -> {
				assertThat(message.getBody()).hasToString("2");
				receiver.complete(message);
			});
		}
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void clientsRecoverFromADetachedLink() {
		try (ServiceBusSenderClient sender = this.patient.sender().queueName(this.queue.path()).buildClient()) {
			sender.sendMessage(new ServiceBusMessage("1"));
			namespace.emulator.faults().detachLinks(this.queue.path(), FaultError.detachForced());

			sender.sendMessage(new ServiceBusMessage("2"));
		}
		assertThat(this.queue.messages()).hasSize(2);
	}

	@Test
	void refusedTokenReachesTheCaller() {
		namespace.emulator.faults().onToken(this.queue.path()).always().refuse(FaultError.unauthorized());
		try (ServiceBusSenderClient sender = this.patient.sender().queueName(this.queue.path()).buildClient()) {
			assertThatExceptionOfType(ServiceBusException.class)
				.isThrownBy(() -> sender.sendMessage(new ServiceBusMessage("1")))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(ServiceBusFailureReason.UNAUTHORIZED));
		}
	}

}
