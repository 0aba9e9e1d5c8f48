package dev.servicebus.benchmarks.measure;

/**
 * What a round has used up, of the whole process. Immutable.
 *
 * @param messages how many messages it was about
 * @param wallNanos the time that has passed
 * @param cpuNanos the processor time of all threads
 * @param allocatedBytes the memory that was allocated on the heap by all threads
 * @param threads how many threads have done something and are still there
 */
public record Usage(int messages, long wallNanos, long cpuNanos, long allocatedBytes, int threads) {

	public Usage {
		if (messages < 1) {
			throw new IllegalArgumentException("messages must be at least 1 but is " + messages);
		}
	}

	/**
	 * Messages per second.
	 */
	public double rate() {
		return this.messages * 1e9 / this.wallNanos;
	}

	public double cpuNanosPerMessage() {
		return (double) this.cpuNanos / this.messages;
	}

	public double bytesPerMessage() {
		return (double) this.allocatedBytes / this.messages;
	}

}
