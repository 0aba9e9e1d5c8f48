package dev.servicebus.emulator.amqp.request;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Writes responses. Clients look for the status under two spellings, the newer ones and
 * those for {@code $cbs}, and insist on an {@code int}; so both are always there.
 */
final class ResponseWriter {

	private static final String TRACKING_ID = "com.microsoft:tracking-id";

	private ResponseWriter() {
	}

	static byte[] write(Request request, Response response) {
		return AmqpMessage.builder()
			.properties(Properties.builder().to(request.replyTo()).correlationId(request.messageId()).build())
			.applicationProperties(status(response, request.text(TRACKING_ID)))
			.value(response.body())
			.build()
			.encode();
	}

	private static Map<String, @Nullable Object> status(Response response, @Nullable String trackingId) {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		if (trackingId != null) {
			properties.put(TRACKING_ID, trackingId);
		}
		properties.put("statusCode", response.status());
		properties.put("status-code", response.status());
		properties.put("statusDescription", response.description());
		properties.put("status-description", response.description());
		if (response.condition() != null) {
			properties.put("errorCondition", response.condition());
			properties.put("error-condition", response.condition());
		}
		return properties;
	}

}
