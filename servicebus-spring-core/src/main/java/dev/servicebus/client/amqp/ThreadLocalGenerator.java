package dev.servicebus.client.amqp;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * The generator of the thread that asks.
 */
final class ThreadLocalGenerator implements RandomGenerator {

	@Override
	public long nextLong() {
		return ThreadLocalRandom.current().nextLong();
	}

}
