package dev.servicebus.emulator.fault;

import org.jspecify.annotations.Nullable;

/**
 * The error that a client is told. Immutable.
 *
 * @param condition its name on the wire, for example {@code com.microsoft:server-busy}
 * @param status what it is in responses to requests, see the status codes of HTTP
 * @param description text for people
 */
public record FaultError(String condition, int status, @Nullable String description) {

	/** What descriptions that nobody gave say, so that nobody looks for the cause. */
	private static final String SCRIPTED = "This is a scripted fault.";

	/**
	 * An error with the status 500 in responses.
	 */
	public static FaultError of(String condition) {
		return new FaultError(condition, 500, SCRIPTED);
	}

	/**
	 * The service is throttling; clients wait and try again.
	 */
	public static FaultError serverBusy() {
		return new FaultError("com.microsoft:server-busy", 503,
				"The request was terminated because the namespace is being throttled. " + SCRIPTED);
	}

	/**
	 * The right to do this is missing, or gone.
	 */
	public static FaultError unauthorized() {
		return new FaultError("amqp:unauthorized-access", 401, "Unauthorized access. " + SCRIPTED);
	}

	/**
	 * The service failed; clients try again.
	 */
	public static FaultError internalError() {
		return new FaultError("amqp:internal-error", 500, "The service was unable to process the request. " + SCRIPTED);
	}

	/**
	 * The service did not get through in time.
	 */
	public static FaultError timeout() {
		return new FaultError("com.microsoft:timeout", 408, "The operation did not complete in time. " + SCRIPTED);
	}

	/**
	 * The service moves a link elsewhere, as it does when it is upgraded.
	 */
	public static FaultError detachForced() {
		return new FaultError("amqp:link:detach-forced", 500, "The link was force detached by the broker. " + SCRIPTED);
	}

	/**
	 * The service ends a connection, as it does when it is upgraded or when nothing
	 * happens on it.
	 */
	public static FaultError connectionForced() {
		return new FaultError("amqp:connection:forced", 500, "The connection was closed by the broker. " + SCRIPTED);
	}

	/**
	 * The lock of the message was lost.
	 */
	public static FaultError messageLockLost() {
		return new FaultError("com.microsoft:message-lock-lost", 410,
				"The lock supplied is invalid. Either the lock expired, or the message has already been removed. "
						+ SCRIPTED);
	}

	/**
	 * The same error with another description.
	 */
	public FaultError withDescription(String newDescription) {
		return new FaultError(this.condition, this.status, newDescription);
	}

}
