package dev.servicebus.client.admin;

/**
 * What is permitted on an entity.
 */
public enum EntityStatus {

	/** Everything. */
	ACTIVE("Active"),

	/** Neither sending nor receiving. */
	DISABLED("Disabled"),

	/** Receiving only. */
	SEND_DISABLED("SendDisabled"),

	/** Sending only. */
	RECEIVE_DISABLED("ReceiveDisabled"),

	/** The broker is making the entity. */
	CREATING("Creating"),

	/** The broker is deleting the entity. */
	DELETING("Deleting"),

	/** The broker is giving the entity another name. */
	RENAMING("Renaming"),

	/** The broker is restoring the entity. */
	RESTORING("Restoring"),

	/** The broker does not know, or says something that this version does not know. */
	UNKNOWN("Unknown");

	private final String text;

	EntityStatus(String text) {
		this.text = text;
	}

	/**
	 * The name of the status in descriptions.
	 */
	public String text() {
		return this.text;
	}

}
