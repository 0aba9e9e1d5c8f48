package dev.servicebus.benchmarks.scenario.codec;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the message holds: 1 KiB of data, four annotations as a broker adds them, six
 * standard properties, five of the application.
 */
final class Content {

	static final String SEQUENCE_NUMBER = "x-opt-sequence-number";

	static final String ENQUEUED_TIME = "x-opt-enqueued-time";

	static final String LOCKED_UNTIL = "x-opt-locked-until";

	static final String PARTITION_KEY = "x-opt-partition-key";

	static final long NUMBER = 129_900L;

	static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

	static final String MESSAGE_ID = "message-4711";

	static final String TO = "orders";

	static final String SUBJECT = "order-created";

	static final String REPLY_TO = "answers";

	static final String CORRELATION_ID = "request-4711";

	static final String CONTENT_TYPE = "application/octet-stream";

	static final long DELIVERY_COUNT = 3;

	static final byte[] BODY = body();

	/** Made once: what a program does to fill a map is not the codec's work. */
	static final Map<String, Object> APPLICATION_PROPERTIES = applicationProperties();

	private Content() {
	}

	private static Map<String, Object> applicationProperties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("customer", "customer-17");
		properties.put("region", "north-europe");
		properties.put("priority", 3);
		properties.put("total", NUMBER);
		properties.put("express", true);
		return properties;
	}

	private static byte[] body() {
		byte[] bytes = new byte[1024];
		Arrays.fill(bytes, (byte) 'x');
		return bytes;
	}

}
