package dev.servicebus.benchmarks;

import java.time.Duration;

import dev.servicebus.benchmarks.broker.Broker;
import dev.servicebus.benchmarks.broker.EmbeddedBroker;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.scenario.Round;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import dev.servicebus.benchmarks.scenario.Scenario;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class ComparisonTests {

	static final Iterable<Scenario> SCENARIOS = Scenario.ALL;

	private final Broker broker = new EmbeddedBroker();

	@AfterEach
	void close() {
		this.broker.close();
	}

	@ParameterizedTest
	@FieldSource("SCENARIOS")
	void bothSidesDoTheirWork(Scenario scenario) {
		Report report = new Comparison(this.broker).run(scenario, new Effort(Duration.ZERO, 1, 150));

		assertThat(report.toString()).startsWith("scenario=" + scenario.name() + " ours=")
			.matches(".* peer=\\d+(/s|us) ratio=\\d+\\.\\d+ .*cpu_ratio=\\d+\\.\\d+ bytes_per_message=\\d+.*");
	}

	@Test
	void aRoundThatFailsNamesScenarioAndSide() {
		assertThatExceptionOfType(RoundFailedException.class)
			.isThrownBy(() -> new Comparison(this.broker).run(new Forgetful(), new Effort(Duration.ZERO, 1, 10)))
			.withMessage("scenario=forgetful side=ours failed: 10 messages are missing");
	}

	/** A scenario that is never done. */
	private static final class Forgetful implements Scenario {

		@Override
		public String name() {
			return "forgetful";
		}

		@Override
		public int defaultMessages() {
			return 1;
		}

		@Override
		public Measurement run(Round round) {
			throw new RoundFailedException(round.messages() + " messages are missing");
		}

	}

}
