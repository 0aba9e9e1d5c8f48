package dev.servicebus.benchmarks;

import java.time.Duration;
import java.util.List;

import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.scenario.Contest;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import dev.servicebus.benchmarks.scenario.Scenario;
import dev.servicebus.benchmarks.scenario.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class ComparisonTests {

	static final Iterable<Scenario> SCENARIOS = Benchmarks.SCENARIOS;

	@ParameterizedTest
	@FieldSource("SCENARIOS")
	void allSidesDoTheirWork(Scenario scenario) {
		Report report = Comparison.run(scenario, new Effort(Duration.ZERO, 1, 150), (peer) -> true);

		assertThat(report.toString().lines()).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).startsWith("scenario=" + scenario.name() + " ours=")
				.matches(
						".* peer=\\d+(/s|us) ratio=\\d+\\.\\d+ .*cpu_ratio=(\\d+\\.\\d+|unknown) bytes_per_message=\\d+ .*"
								+ "threads=\\d+ peer_threads=\\d+ against=[a-z0-9-]+"));
	}

	@Test
	void aRoundThatFailsNamesScenarioAndSide() {
		assertThatExceptionOfType(RoundFailedException.class)
			.isThrownBy(() -> Comparison.run(new Forgetful(), new Effort(Duration.ZERO, 1, 10), (peer) -> true))
			.withMessage("scenario=forgetful side=forgetful failed: 10 messages are missing");
	}

	/** A scenario that is never done. */
	private static final class Forgetful implements Scenario, Contest, Side {

		@Override
		public String name() {
			return "forgetful";
		}

		@Override
		public int defaultMessages() {
			return 1;
		}

		@Override
		public Contest open() {
			return this;
		}

		@Override
		public List<Side> sides() {
			return List.of(this);
		}

		@Override
		public Measurement run(int messages) {
			throw new RoundFailedException(messages + " messages are missing");
		}

		@Override
		public void close() {
		}

	}

}
