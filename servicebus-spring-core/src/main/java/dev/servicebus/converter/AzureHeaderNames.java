package dev.servicebus.converter;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The names that Spring Cloud Azure gives to headers, so that code which was written for
 * it still sets and reads what it means.
 */
final class AzureHeaderNames {

	static final String PREFIX = "azure_service_bus_";

	/** How long after the send a message is enqueued, in milliseconds. */
	static final String DELAY = "x-delay";

	private static final Map<String, String> NAMES = Map.ofEntries(
			Map.entry(PREFIX + "message_id", ServiceBusHeaders.MESSAGE_ID),
			Map.entry(PREFIX + "session_id", ServiceBusHeaders.SESSION_ID),
			Map.entry(PREFIX + "partition_key", ServiceBusHeaders.PARTITION_KEY),
			Map.entry(PREFIX + "correlation_id", ServiceBusHeaders.CORRELATION_ID),
			Map.entry(PREFIX + "subject", ServiceBusHeaders.SUBJECT),
			Map.entry(PREFIX + "label", ServiceBusHeaders.SUBJECT), Map.entry(PREFIX + "to", ServiceBusHeaders.TO),
			Map.entry(PREFIX + "reply_to_session_id", ServiceBusHeaders.REPLY_TO_SESSION_ID),
			Map.entry(PREFIX + "time_to_live", ServiceBusHeaders.TIME_TO_LIVE),
			Map.entry(PREFIX + "scheduled_enqueue_time", ServiceBusHeaders.SCHEDULED_ENQUEUE_TIME),
			Map.entry(PREFIX + "scheduled_enqueue_time_utc", ServiceBusHeaders.SCHEDULED_ENQUEUE_TIME));

	private AzureHeaderNames() {
	}

	/**
	 * Our name of a header, {@code null} if the name is not one of theirs.
	 */
	static @Nullable String translate(Object name) {
		return (name instanceof String text && text.startsWith(PREFIX)) ? NAMES.get(text) : null;
	}

}
