package dev.servicebus.benchmarks.scenario.client;

import java.time.Duration;
import java.util.stream.IntStream;

import dev.servicebus.benchmarks.broker.BrokerProcess;
import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.contender.Endpoint;
import dev.servicebus.benchmarks.contender.Sample;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import dev.servicebus.emulator.auth.AccessControl;

/**
 * One round of one contender.
 *
 * @param client who has to do it
 * @param contender the same, connected
 * @param broker what it is done on
 * @param queue an empty queue of the round's own
 * @param messages how many messages to do it with
 */
record Round(ContenderKind client, Contender contender, BrokerProcess broker, String queue, int messages) {

	/** How many messages are sent together, where they are sent in batches. */
	static final int BATCH = 100;

	/** A round takes seconds; one that lasts this long has got stuck. */
	static final Duration LIMIT = Duration.ofMinutes(2);

	/**
	 * Makes a client.
	 */
	static Contender connect(ContenderKind kind, BrokerProcess broker) {
		return kind.connect(new Endpoint(broker.port(), AccessControl.DEFAULT_RULE_NAME, AccessControl.DEFAULT_KEY));
	}

	/**
	 * The same round with another number of messages.
	 */
	Round withMessages(int number) {
		return new Round(this.client, this.contender, this.broker, this.queue, number);
	}

	/**
	 * Puts all messages of the round into the queue.
	 */
	void fill() {
		Contender.Sender sender = this.contender.sender(this.queue);
		for (int from = 0; from < this.messages; from += BATCH) {
			sender
				.sendBatch(IntStream.range(from, Math.min(this.messages, from + BATCH)).mapToObj(Sample::new).toList());
		}
		requireStored(this.messages);
	}

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
