package dev.servicebus.benchmarks.measure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(10)
class StatisticsTests {

	@Test
	void medianOfAnOddNumberIsTheMiddle() {
		assertThat(Statistics.median(new double[] { 9, 1, 4 })).isEqualTo(4);
	}

	@Test
	void medianOfAnEvenNumberIsTheMeanOfTheMiddle() {
		assertThat(Statistics.median(new double[] { 9, 1, 4, 6 })).isEqualTo(5);
	}

	@ParameterizedTest
	@CsvSource({ "50, 20", "51, 30", "99, 40", "100, 40", "1, 10" })
	void percentileIsTheNearestRank(double percent, long expected) {
		assertThat(Statistics.percentile(new long[] { 40, 10, 30, 20 }, percent)).isEqualTo(expected);
	}

	@Test
	void samplesAreLeftAsTheyAre() {
		long[] samples = { 3, 1, 2 };

		Statistics.percentile(samples, 50);

		assertThat(samples).containsExactly(3, 1, 2);
	}

	@Test
	void noSamplesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Statistics.median(new double[0]));
		assertThatIllegalArgumentException().isThrownBy(() -> Statistics.percentile(new long[0], 50));
	}

	@Test
	void percentOutOfRangeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Statistics.percentile(new long[] { 1 }, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> Statistics.percentile(new long[] { 1 }, 101));
	}

}
