package dev.servicebus.client;

/**
 * What becomes of a message when it is handed out.
 */
public enum ReceiveMode {

	/**
	 * The message is locked for the receiver and stays in the entity until it is settled
	 * or the lock runs out.
	 */
	PEEK_LOCK,

	/**
	 * The message leaves the entity as soon as it is sent: at most one delivery, and none
	 * if the receiver dies at the wrong moment.
	 */
	RECEIVE_AND_DELETE

}
