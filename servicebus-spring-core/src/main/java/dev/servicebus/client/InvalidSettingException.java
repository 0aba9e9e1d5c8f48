package dev.servicebus.client;

/**
 * A client cannot be built, since one of its settings is of the wrong form or contradicts
 * another one.
 */
public class InvalidSettingException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String setting;

	/**
	 * Creates the exception.
	 * @param setting the setting to change, by the name of the builder's method
	 * @param message what is wrong, and what was expected; no secret
	 */
	public InvalidSettingException(String setting, String message) {
		super(message);
		this.setting = setting;
	}

	/**
	 * The setting to change, by the name of the builder's method.
	 */
	public String setting() {
		return this.setting;
	}

}
