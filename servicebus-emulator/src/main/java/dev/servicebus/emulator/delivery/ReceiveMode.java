package dev.servicebus.emulator.delivery;

/**
 * What becomes of a message when it is handed out.
 */
public enum ReceiveMode {

	/** It stays, locked, until it is settled or its lock expires. */
	PEEK_LOCK,

	/** It is gone. */
	RECEIVE_AND_DELETE

}
