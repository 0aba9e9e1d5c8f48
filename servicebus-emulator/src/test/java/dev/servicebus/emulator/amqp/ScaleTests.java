package dev.servicebus.emulator.amqp;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand queues and a thousand clients at once, and what is left of them.
 */
@Timeout(120)
class ScaleTests {

	private static final int SIZE = 1000;

	/** A connection that is kept costs tens of kilobytes, and so would a thousand. */
	private static final long NOISE = 4 << 20;

	private final TestBench bench = new TestBench(UnaryOperator.identity());

	@Test
	void memoryIsFlatAfterAThousandQueuesAndConnections() {
		useAThousand();
		long before = usedMemory();

		useAThousand();

		assertThat(usedMemory() - before).isLessThan(NOISE);
	}

	private void useAThousand() {
		List<TestClient> clients = new ArrayList<>();
		for (int number = 0; number < SIZE; number++) {
			this.bench.emulator.createQueue(queue(number));
			clients.add(this.bench.connect());
		}
		for (int number = 0; number < SIZE; number++) {
			TestClient client = clients.get(number);
			client.send(queue(number), "m" + number);
			TestReceiver receiver = client.attachReceiver(queue(number));
			receiver.credit(1);
			assertThat(receiver.messages()).hasSize(1);
		}
		assertThat(clients).allSatisfy((client) -> assertThat(client.closed).isNull());
		clients.forEach((client) -> this.bench.run(() -> client.connection().close(null)));
		assertThat(clients).allSatisfy((client) -> assertThat(client.closed).isNotNull());
		for (int number = 0; number < SIZE; number++) {
			this.bench.emulator.deleteQueue(queue(number));
		}
	}

	private static String queue(int number) {
		return "queue-" + number;
	}

	private static long usedMemory() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
