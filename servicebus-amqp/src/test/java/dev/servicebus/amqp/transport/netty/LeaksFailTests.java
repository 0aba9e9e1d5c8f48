package dev.servicebus.amqp.transport.netty;

import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The check for lost buffers finds one.
 */
@Timeout(60)
@ExtendWith(LeaksFail.class)
class LeaksFailTests {

	@Test
	void lostBufferIsFound() {
		lose();
		assertThat(LeaksFail.found()).isNotEmpty();
		LeaksFail.found().clear();
	}

	private static void lose() {
		UnpooledByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);
	}

}
