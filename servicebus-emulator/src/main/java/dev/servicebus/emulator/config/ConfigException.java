package dev.servicebus.emulator.config;

import org.jspecify.annotations.Nullable;

/**
 * A configuration cannot be used. The message is one line that names the source, the
 * place in it and the reason.
 */
public final class ConfigException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String pointer;

	/**
	 * Creates an exception.
	 * @param source the file, as the user named it
	 * @param pointer the place as a JSON pointer (RFC 6901); empty for the whole document
	 * @param reason what is wrong and what was expected
	 * @param cause the failure behind it, {@code null} for none
	 */
	ConfigException(String source, String pointer, String reason, @Nullable Throwable cause) {
		super(oneLine(source + ": " + (pointer.isEmpty() ? "" : pointer + ": ") + reason), cause);
		this.pointer = pointer;
	}

	/**
	 * The place in the document as a JSON pointer; empty for the whole document.
	 */
	public String pointer() {
		return this.pointer;
	}

	private static String oneLine(String text) {
		return text.replaceAll("[\\s\\p{Cntrl}\\u2028\\u2029]+", " ");
	}

}
