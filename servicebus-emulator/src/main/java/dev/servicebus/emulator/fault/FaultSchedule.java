package dev.servicebus.emulator.fault;

/**
 * Which of the occasions at which a fault could happen it takes: {@code count} of them,
 * beginning with number {@code first}, every {@code step}. Immutable.
 *
 * @param first the number of the first occasion, counted from 1
 * @param step the distance to the next
 * @param count how many in all
 */
record FaultSchedule(long first, long step, long count) {

	static final FaultSchedule NEXT = new FaultSchedule(1, 1, 1);

	FaultSchedule {
		if (first < 1 || step < 1 || count < 1) {
			throw new IllegalArgumentException("The occasions of a fault are counted from 1");
		}
	}

	/**
	 * Whether the fault takes this occasion.
	 * @param occasion the number of the occasion, counted from 1
	 */
	boolean takes(long occasion) {
		long distance = occasion - this.first;
		return distance >= 0 && distance % this.step == 0 && distance / this.step < this.count;
	}

}
