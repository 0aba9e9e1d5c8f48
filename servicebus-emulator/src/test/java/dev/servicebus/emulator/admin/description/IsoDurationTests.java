package dev.servicebus.emulator.admin.description;

import java.time.Duration;

import dev.servicebus.emulator.entity.EntityOptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(10)
class IsoDurationTests {

	@ParameterizedTest
	@CsvSource({ "PT1M,PT1M", "P14D,P14D", "P0DT0H1M0S,PT1M", "PT90S,PT1M30S", "PT0.5S,PT0.5S", "P1W,P7D", "PT24H,P1D",
			"P1Y2M,P425D", "P2DT3H4M5.6789S,P2DT3H4M5.6789S", "PT0S,PT0S",
			"P10675199DT2H48M5.477S,P10675199DT2H48M5.4775807S",
			"P10675199DT2H48M5.4775807S,P10675199DT2H48M5.4775807S" })
	void durationIsWrittenInOneForm(String text, String canonical) {
		assertThat(IsoDuration.format(IsoDuration.parse(text))).isEqualTo(canonical);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "P", "PT", "P1DT", "1M", "PT1", "-PT1M", "PT-1M", "P1S", "PT1.S", "PT1M ",
			"P9999999999D", "pt1m", "00:01:00" })
	void whatIsNoDurationIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> IsoDuration.parse(text));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 60, 3600, 86_400, 90_061 })
	void secondsSurvive(long seconds) {
		Duration duration = Duration.ofSeconds(seconds);

		assertThat(IsoDuration.parse(IsoDuration.format(duration))).isEqualTo(duration);
		assertThat(IsoDuration.parse(IsoDuration.format(EntityOptions.FOREVER))).isEqualTo(EntityOptions.FOREVER);
	}

}
