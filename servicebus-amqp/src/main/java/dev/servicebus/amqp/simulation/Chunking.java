package dev.servicebus.amqp.simulation;

import java.util.random.RandomGenerator;

/**
 * Decides into what pieces a stream of bytes falls on its way.
 */
@FunctionalInterface
interface Chunking {

	/**
	 * Returns the size of the next piece, from 1 to {@code available}.
	 */
	int next(int available);

	/**
	 * Everything that has arrived, in one piece.
	 */
	static Chunking whole() {
		return (available) -> available;
	}

	/**
	 * Pieces of 1 to {@code limit} bytes, short ones as likely as long ones: the bound is
	 * drawn among the powers of two, the size below the bound.
	 */
	static Chunking random(RandomGenerator random, int limit) {
		int powers = Integer.SIZE - Integer.numberOfLeadingZeros(limit);
		return (available) -> {
			int bound = 1 << random.nextInt(powers);
			return Math.min(Math.min(1 + random.nextInt(bound), limit), available);
		};
	}

}
