package dev.servicebus.benchmarks.broker;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class BrokerProcessTests {

	@ParameterizedTest
	@EnumSource
	void obeysOverItsStandardInput(BrokerKind kind) {
		try (BrokerProcess broker = BrokerProcess.start(kind)) {
			broker.createQueue("orders");

			assertThat(broker.messages("orders")).isZero();
			assertThatExceptionOfType(BrokerFailedException.class).isThrownBy(() -> broker.messages("invoices"))
				.withMessageContaining("count invoices");
			broker.deleteQueue("orders");
			assertThatExceptionOfType(BrokerFailedException.class).isThrownBy(() -> broker.deleteQueue("orders"))
				.withMessageContaining("delete orders");
		}
	}

	@ParameterizedTest
	@EnumSource
	void tellsWhatItHasUsedUp(BrokerKind kind) {
		try (BrokerProcess broker = BrokerProcess.start(kind)) {
			assertThat(broker.startUsage().wallNanos()).isPositive();
			assertThat(broker.startUsage().cpuNanos()).isPositive();
			broker.startMeter();
			assertThat(broker.usedFor(7).messages()).isEqualTo(7);
		}
	}

}
