package dev.servicebus.amqp.sasl;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The initial response of {@code PLAIN} (RFC 4616):
 * {@code [authorization identity] NUL user NUL password}. {@link #toString()} does not
 * show the password.
 *
 * @param user the name
 * @param password the password
 */
public record PlainResponse(String user, String password) {

	/**
	 * Reads a response.
	 * @return the response, or {@code null} if it is malformed
	 */
	public static @Nullable PlainResponse parse(byte[] response) {
		String text = new String(response, StandardCharsets.UTF_8);
		int first = text.indexOf('\0');
		int second = text.indexOf('\0', first + 1);
		if (first < 0 || second < 0) {
			return null;
		}
		return new PlainResponse(text.substring(first + 1, second), text.substring(second + 1));
	}

	@Override
	public String toString() {
		return "PlainResponse[user=" + this.user + "]";
	}

}
