package dev.servicebus.client.wire;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ReceiverOptions;
import org.apache.qpid.protonj2.test.driver.codec.transport.Flow;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What credit a link is given: section 3.5 of the protocol.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CreditFrameTests {

	@AutoClose
	private final ScriptedService service = ScriptedService.start();

	@Test
	void creditIsWhatIsAskedFor() {
		this.service.client.receiver(ReceiverOptions.queue("orders")).receiveAsync(7, Duration.ofSeconds(60));

		assertThat(this.service.flow("orders")).isEqualTo("""
				flow
				  next-incoming-id: uint 0
				  incoming-window: uint 2048
				  next-outgoing-id: uint 1
				  outgoing-window: uint 2147483647
				  handle: uint 0
				  delivery-count: uint 0
				  link-credit: uint 7
				""");
	}

	@Test
	void creditThatIsLeftIsDrainedAfterTheFirstMessage() {
		this.service.script.holds("orders", Messages.minimal());
		assertThat(this.service.client.receiver(ReceiverOptions.queue("orders")).receive(7)).hasSize(1);

		assertThat(this.service.all(Flow.class, "orders")).satisfiesExactly(
				(grant) -> assertThat(grant).endsWith("  delivery-count: uint 0\n  link-credit: uint 7\n"),
				(drain) -> assertThat(drain)
					.endsWith("  delivery-count: uint 1\n  link-credit: uint 6\n  drain: true\n"));
	}

}
