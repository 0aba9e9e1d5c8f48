package dev.servicebus.emulator.delivery;

/**
 * The wait of a {@link SessionApplicant}.
 */
@FunctionalInterface
public interface SessionWait {

	/**
	 * Gives up: the applicant is not called any more. Harmless when it has got its answer
	 * already; the session that it may have got stays locked.
	 */
	void cancel();

}
