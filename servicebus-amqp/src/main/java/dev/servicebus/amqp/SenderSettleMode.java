package dev.servicebus.amqp;

/**
 * Whether a sender settles its deliveries when it sends them (AMQP 1.0 section 2.8.2).
 */
public enum SenderSettleMode {

	/** Every delivery is sent unsettled. */
	UNSETTLED,

	/** Every delivery is sent settled. */
	SETTLED,

	/** The sender decides for each delivery. */
	MIXED

}
