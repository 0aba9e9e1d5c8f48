package dev.servicebus.client.admin.http;

/**
 * What is done to an entity.
 */
enum Verb {

	CREATE("create", "PUT"), GET("get", "GET"), UPDATE("update", "PUT"), DELETE("delete", "DELETE"),
	LIST("list", "GET");

	private final String text;

	private final String method;

	Verb(String text, String method) {
		this.text = text;
		this.method = method;
	}

	/**
	 * The name of the operation in messages.
	 */
	String text() {
		return this.text;
	}

	/**
	 * The HTTP method.
	 */
	String method() {
		return this.method;
	}

	/**
	 * Returns whether it leaves something changed.
	 */
	boolean isChange() {
		return this != GET && this != LIST;
	}

}
