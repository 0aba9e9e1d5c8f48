package dev.servicebus.listener.reply;

/**
 * A method has handled its message, but its reply could not be sent. The message counts
 * as not handled, so the method may be called with it again.
 */
public class ReplyFailedException extends RuntimeException {

	private final String destination;

	public ReplyFailedException(String destination, Throwable cause) {
		super("The reply could not be sent to '" + destination + "': " + cause.getMessage(), cause);
		this.destination = destination;
	}

	/**
	 * The queue or topic that the reply was meant for.
	 */
	public String destination() {
		return this.destination;
	}

}
