package dev.servicebus.amqp;

/**
 * Who settles first (AMQP 1.0 section 2.8.3).
 */
public enum ReceiverSettleMode {

	/** The receiver settles as soon as it has an outcome. */
	FIRST,

	/** The receiver sends its outcome unsettled and waits for the sender to settle. */
	SECOND

}
