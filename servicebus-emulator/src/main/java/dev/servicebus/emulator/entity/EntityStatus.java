package dev.servicebus.emulator.entity;

/**
 * What an entity admits at present.
 */
public enum EntityStatus {

	/** Everything. */
	ACTIVE,

	/** Neither sending nor receiving. */
	DISABLED,

	/** Only receiving. */
	SEND_DISABLED,

	/** Only sending. */
	RECEIVE_DISABLED;

	public boolean admitsSending() {
		return this == ACTIVE || this == RECEIVE_DISABLED;
	}

	public boolean admitsReceiving() {
		return this == ACTIVE || this == SEND_DISABLED;
	}

}
