package dev.servicebus.client;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import dev.servicebus.message.MessageBatchEncoder;
import dev.servicebus.message.ServiceBusMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ServiceBusMessageBatchTests {

	private final ServiceBusMessageBatch batch = new ServiceBusMessageBatch("orders",
			new MessageBatchEncoder(100, InstantSource.system()));

	@Test
	void messageThatDoesNotFitIsRefusedAndTheBatchStays() {
		this.batch.add(ServiceBusMessage.of("first"));
		assertThatExceptionOfType(MessageSizeExceededException.class)
			.isThrownBy(() -> this.batch.add(ServiceBusMessage.of(new byte[100])))
			.withMessage("add to batch on 'orders' failed: the message does not fit: the batch has 1 messages and "
					+ "15 of 100 bytes; send it and begin another one");
		assertThat(this.batch.count()).isEqualTo(1);
		assertThat(this.batch.encode()).hasSize(this.batch.sizeInBytes());
	}

	@Test
	void emptyBatchHasNoSize() {
		assertThat(this.batch.count()).isZero();
		assertThat(this.batch.sizeInBytes()).isZero();
		assertThat(this.batch.maxSizeInBytes()).isEqualTo(100);
	}

}
