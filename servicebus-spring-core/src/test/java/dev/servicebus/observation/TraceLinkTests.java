package dev.servicebus.observation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read of a {@code traceparent}.
 */
class TraceLinkTests {

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final String SPAN = "00f067aa0ba902b7";

	@Test
	void flagsTellWhetherItIsSampled() {
		assertThat(TraceLink.parse("00-" + TRACE + "-" + SPAN + "-01")).isEqualTo(new TraceLink(TRACE, SPAN, true));
		assertThat(TraceLink.parse("00-" + TRACE + "-" + SPAN + "-02")).isEqualTo(new TraceLink(TRACE, SPAN, false));
	}

	@Test
	void laterVersionsMayHaveMore() {
		assertThat(TraceLink.parse("cc-" + TRACE + "-" + SPAN + "-01-what-comes"))
			.isEqualTo(new TraceLink(TRACE, SPAN, true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
			"00-00000000000000000000000000000000-00f067aa0ba902b7-01",
			"00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
			"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
			"ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
			"00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01", "|7b4b2b.1." })
	void anythingElseIsNoLink(String text) {
		assertThat(TraceLink.parse(text)).isNull();
	}

}
