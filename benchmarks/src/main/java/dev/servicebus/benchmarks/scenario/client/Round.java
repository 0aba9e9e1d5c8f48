package dev.servicebus.benchmarks.scenario.client;

import java.time.Duration;

import dev.servicebus.benchmarks.broker.Broker;
import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.scenario.RoundFailedException;

/**
 * One round of one contender.
 *
 * @param client who has to do it
 * @param contender the same, connected
 * @param broker what it is done on
 * @param queue an empty queue of the round's own
 * @param messages how many messages to do it with
 */
record Round(ContenderKind client, Contender contender, Broker broker, String queue, int messages) {

	/** A round takes seconds; one that lasts this long has got stuck. */
	static final Duration LIMIT = Duration.ofMinutes(2);

	/**
	 * Checks what the broker has.
	 * @throws RoundFailedException if it is something else
	 */
	void requireStored(int expected) {
		int stored = this.broker.messages(this.queue);
		if (stored != expected) {
			throw new RoundFailedException("the queue should hold " + expected + " messages but holds " + stored);
		}
	}

	/**
	 * Waits until the broker knows that every message is settled.
	 * @throws RoundFailedException if that does not happen
	 */
	void awaitSettled() {
		long start = System.nanoTime();
		int stored = this.broker.messages(this.queue);
		while (stored > 0) {
			if (System.nanoTime() - start > LIMIT.toNanos()) {
				throw new RoundFailedException(stored + " messages are not settled");
			}
			stored = this.broker.messages(this.queue);
		}
	}

}
