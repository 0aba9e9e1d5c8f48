package dev.servicebus.listener;

/**
 * The names of the application properties by which containers remember, in the message
 * itself, what has become of it so far.
 */
public final class FailureProperties {

	/** How often a listener has had the message; an {@code int}. */
	public static final String RETRY_ATTEMPTS = "servicebus-retry-attempts";

	/** The id of the message of which this is a copy; absent if it had none. */
	public static final String RETRY_MESSAGE_ID = "servicebus-retry-message-id";

	/** When the first message was enqueued; a timestamp. */
	public static final String RETRY_ENQUEUED_TIME = "servicebus-retry-enqueued-time";

	/** The sequence number of the first message; a {@code long}. */
	public static final String RETRY_SEQUENCE_NUMBER = "servicebus-retry-sequence-number";

	/** Where the first message was received from, for example {@code orders}. */
	public static final String RETRY_SOURCE = "servicebus-retry-source";

	/** How often a listener has had a dead-lettered message; an {@code int}. */
	public static final String FAILURE_ATTEMPTS = "servicebus-failure-attempts";

	/** The id of the listener that has failed. */
	public static final String FAILURE_LISTENER = "servicebus-failure-listener";

	/** Where the listener has received the message from. */
	public static final String FAILURE_SOURCE = "servicebus-failure-source";

	/** The class of the exception. */
	public static final String FAILURE_EXCEPTION = "servicebus-failure-exception";

	/** The first cause of the exception with its message; absent if it has none. */
	public static final String FAILURE_CAUSE = "servicebus-failure-cause";

	/** Where the exception comes from: the beginning of its stack trace. */
	public static final String FAILURE_STACK_TRACE = "servicebus-failure-stack-trace";

	/** What a dead-letter handler has thrown in its turn; absent if it has not. */
	public static final String FAILURE_HANDLER = "servicebus-failure-handler";

	private FailureProperties() {
	}

}
