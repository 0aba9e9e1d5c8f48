package dev.servicebus.amqp.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DispositionRangesTests {

	private final DispositionRanges ranges = new DispositionRanges();

	@Test
	void consecutiveIdsAreOneRange() {
		add(3, 4, 5);
		assertThat(drain()).containsExactly("3..5");
	}

	@Test
	void orderOfArrivalDoesNotMatter() {
		add(5, 3, 9, 4);
		assertThat(drain()).containsExactly("3..5", "9..9");
	}

	@Test
	void rangeContinuesAcrossTheWrapOfSerialNumbers() {
		add(0, -1, 1, -2);
		assertThat(drain()).containsExactly("-2..1");
	}

	@Test
	void drainingForgets() {
		add(1);
		drain();
		assertThat(this.ranges.isEmpty()).isTrue();
		assertThat(drain()).isEmpty();
	}

	@RepeatedTest(50)
	void rangesCoverExactlyTheIds(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		int start = random.nextInt();
		TreeSet<Integer> offsets = new TreeSet<>();
		for (int i = 0; i < 200; i++) {
			offsets.add(random.nextInt(300));
		}
		List<Integer> shuffled = new ArrayList<>(offsets);
		Collections.shuffle(shuffled, random);
		shuffled.forEach((offset) -> this.ranges.add(start + offset));

		TreeSet<Integer> covered = new TreeSet<>();
		int[] count = new int[1];
		this.ranges.drainTo((first, last) -> {
			count[0]++;
			for (int id = first; id - last <= 0; id++) {
				assertThat(covered.add(id - start)).isTrue();
			}
		});
		assertThat(covered).isEqualTo(offsets);
		assertThat(count[0]).isEqualTo(runs(offsets));
	}

	private static int runs(TreeSet<Integer> offsets) {
		int runs = 0;
		for (int offset : offsets) {
			runs += offsets.contains(offset - 1) ? 0 : 1;
		}
		return runs;
	}

	private void add(int... ids) {
		for (int id : ids) {
			this.ranges.add(id);
		}
	}

	private List<String> drain() {
		List<String> result = new ArrayList<>();
		this.ranges.drainTo((first, last) -> result.add(first + ".." + last));
		return result;
	}

}
