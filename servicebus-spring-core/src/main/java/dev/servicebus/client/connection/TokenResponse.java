package dev.servicebus.client.connection;

import java.util.Map;

import dev.servicebus.amqp.message.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Reads a response of {@code $cbs}, in either spelling of its keys.
 */
final class TokenResponse {

	private TokenResponse() {
	}

	/**
	 * The status code, 500 if the response carries none.
	 */
	static int status(EncodedMessage response) {
		Map<String, @Nullable Object> properties = response.applicationProperties();
		Object status = properties.get("status-code");
		Object stated = (status != null) ? status : properties.get("statusCode");
		return (stated instanceof Number number) ? number.intValue() : 500;
	}

	static @Nullable String description(EncodedMessage response) {
		Map<String, @Nullable Object> properties = response.applicationProperties();
		Object description = properties.get("status-description");
		Object stated = (description != null) ? description : properties.get("statusDescription");
		return (stated != null) ? stated.toString() : null;
	}

}
