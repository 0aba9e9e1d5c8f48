package dev.servicebus.benchmarks.broker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class EmulatorProcessTests {

	@Test
	void obeysOverItsStandardInput() {
		try (Broker broker = EmulatorProcess.start()) {
			broker.createQueue("orders");

			assertThat(broker.connectionString()).startsWith("Endpoint=sb://localhost:");
			assertThat(broker.messages("orders")).isZero();
			assertThatExceptionOfType(BrokerFailedException.class).isThrownBy(() -> broker.createQueue("orders"))
				.withMessageContaining("create orders");
			assertThatExceptionOfType(BrokerFailedException.class).isThrownBy(() -> broker.messages("invoices"))
				.withMessageContaining("count invoices");
		}
	}

}
