package dev.servicebus.amqp.flow;

import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CreditWindowTests {

	@Test
	void nothingIsGrantedWithoutDemand() {
		CreditWindow window = new CreditWindow(100);
		assertThat(window.topUp()).isZero();
	}

	@Test
	void demandAndPrefetchAreGrantedAtOnce() {
		CreditWindow window = new CreditWindow(100);
		window.demand(8);
		assertThat(window.topUp()).isEqualTo(108);
		assertThat(window.topUp()).isZero();
	}

	@Test
	void withoutPrefetchEachReleasedSlotIsGrantedAgain() {
		CreditWindow window = new CreditWindow(0);
		window.demand(2);
		assertThat(window.topUp()).isEqualTo(2);
		window.arrived();
		window.released();
		assertThat(window.topUp()).isEqualTo(1);
	}

	@Test
	void withPrefetchGrantsWaitForHalfOfIt() {
		CreditWindow window = new CreditWindow(10);
		window.demand(1);
		window.topUp();
		for (int i = 0; i < 4; i++) {
			window.arrived();
			window.released();
		}
		assertThat(window.topUp()).isZero();
		window.arrived();
		window.released();
		assertThat(window.topUp()).isEqualTo(5);
	}

	@Test
	void loweredDemandTakesNothingBackAndGrantsNothing() {
		CreditWindow window = new CreditWindow(0);
		window.demand(5);
		window.topUp();
		window.demand(2);
		window.arrived();
		window.released();
		assertThat(window.granted()).isEqualTo(4);
		assertThat(window.topUp()).isZero();
	}

	@Test
	void lostLinkForgetsWhatWasGrantedButNotWhatIsInHand() {
		CreditWindow window = new CreditWindow(0);
		window.demand(3);
		window.topUp();
		window.arrived();
		window.linkLost();
		assertThat(window.inHand()).isOne();
		assertThat(window.topUp()).isEqualTo(2);
	}

	@Test
	void releasingMoreThanArrivedIsAFault() {
		assertThatIllegalStateException().isThrownBy(() -> new CreditWindow(0).released());
	}

	/**
	 * A peer that uses its credit and a user who settles at random: the invariants hold
	 * after every step, and demand is never left without a granted or taken slot.
	 */
	@RepeatedTest(50)
	void invariantsHoldAfterEveryStep(RepetitionInfo repetition) {
		long seed = repetition.getCurrentRepetition();
		Random random = new Random(seed);
		int prefetch = random.nextInt(4) * random.nextInt(40);
		CreditWindow window = new CreditWindow(prefetch);
		int demand = 0;
		for (int i = 0; i < 5_000; i++) {
			switch (random.nextInt(10)) {
				case 0 -> {
					demand = random.nextInt(20);
					window.demand(demand);
				}
				case 1 -> {
					if (random.nextInt(20) == 0) {
						window.linkLost();
					}
				}
				case 2, 3, 4, 5 -> {
					if (window.granted() > 0) {
						window.arrived();
					}
				}
				default -> {
					if (window.inHand() > 0) {
						window.released();
					}
				}
			}
			int before = window.granted() + window.inHand();
			int granted = window.topUp();
			int slots = (demand > 0) ? demand + prefetch : 0;
			assertThat(granted).as("seed %s, step %s", seed, i).isNotNegative();
			if (granted > 0) {
				assertThat(before + granted).as("seed %s, step %s", seed, i).isEqualTo(slots);
			}
			assertThat(window.granted() + window.inHand()).as("no stall, seed %s, step %s", seed, i)
				.isGreaterThanOrEqualTo(demand);
		}
	}

}
