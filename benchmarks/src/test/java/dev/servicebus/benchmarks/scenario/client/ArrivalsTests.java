package dev.servicebus.benchmarks.scenario.client;

import dev.servicebus.benchmarks.contender.Sample;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

@Timeout(10)
class ArrivalsTests {

	private final Arrivals arrivals = new Arrivals(2);

	@Test
	void eachMessageOnceIsRight() {
		this.arrivals.onMessage("message-1", new byte[Sample.BODY_SIZE]);
		this.arrivals.onMessage("message-0", new byte[Sample.BODY_SIZE]);

		assertThatNoException().isThrownBy(this.arrivals::awaitAll);
	}

	@Test
	void aMessageThatIsHandledTwiceFailsTheRound() {
		this.arrivals.onMessage("message-1", new byte[Sample.BODY_SIZE]);
		this.arrivals.onMessage("message-1", new byte[Sample.BODY_SIZE]);

		assertThatExceptionOfType(RoundFailedException.class).isThrownBy(this.arrivals::awaitAll)
			.withMessageContaining("message-1 was handled twice");
	}

	@Test
	void aMutilatedBodyFailsTheRound() {
		this.arrivals.onMessage("message-1", new byte[3]);

		assertThatExceptionOfType(RoundFailedException.class).isThrownBy(this.arrivals::awaitAll)
			.withMessageContaining("a message has a body of 3 bytes");
	}

}
