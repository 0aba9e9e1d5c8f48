package dev.servicebus.emulator;

/**
 * Somebody who sees frames. Thread-safe.
 */
@FunctionalInterface
public interface FrameTap extends AutoCloseable {

	/**
	 * Shows no frames any more. Harmless when repeated.
	 */
	@Override
	void close();

}
