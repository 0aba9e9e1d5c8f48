package dev.servicebus.client.admin;

/**
 * A right that an {@link AuthorizationRule} grants.
 */
public enum AccessRight {

	/** Changing the entity; includes the others. */
	MANAGE("Manage"),

	/** Sending to the entity. */
	SEND("Send"),

	/** Receiving from the entity. */
	LISTEN("Listen");

	private final String text;

	AccessRight(String text) {
		this.text = text;
	}

	/**
	 * The name of the right in descriptions.
	 */
	public String text() {
		return this.text;
	}

}
