package dev.servicebus.converter;

import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.util.MimeTypeUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts payloads to and from JSON. Needs Jackson, which is optional, and so is apart
 * from the other converters.
 */
public final class JsonPayloads {

	private JsonPayloads() {
	}

	/**
	 * A converter that tries JSON on everything, whatever the content type of a received
	 * message: senders name all kinds of them, or none. Thread-safe.
	 */
	public static MessageConverter converter(JsonMapper mapper) {
		JacksonJsonMessageConverter converter = new JacksonJsonMessageConverter(mapper);
		converter.setContentTypeResolver((headers) -> MimeTypeUtils.APPLICATION_JSON);
		return converter;
	}

}
