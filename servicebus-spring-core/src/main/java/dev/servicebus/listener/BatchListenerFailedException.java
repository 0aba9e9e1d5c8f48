package dev.servicebus.listener;

/**
 * A listener could not handle one message of its batch, and has not begun with those
 * after it. Those before it are handled.
 */
public class BatchListenerFailedException extends RuntimeException {

	private final int index;

	/**
	 * Names the message that failed.
	 * @param index its place in the batch, from 0
	 * @param cause why; this is what the error handler is asked about
	 */
	public BatchListenerFailedException(int index, Throwable cause) {
		super("Message " + index + " of the batch could not be handled: " + cause.getMessage(), cause);
		this.index = index;
	}

	/**
	 * The place of the message in the batch, from 0.
	 */
	public int index() {
		return this.index;
	}

}
