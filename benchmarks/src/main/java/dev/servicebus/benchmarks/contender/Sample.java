package dev.servicebus.benchmarks.contender;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The message that all contenders send: 1 KiB of data, five application properties and
 * the usual standard properties, about 1.25 KiB on the wire.
 *
 * @param number tells the messages of a round apart
 */
public record Sample(int number) {

	/** What is in the body, bytes. */
	public static final int BODY_SIZE = 1024;

	/** How many application properties there are. */
	static final int PROPERTIES = 5;

	static final String SUBJECT = "order-created";

	static final String CORRELATION_ID = "request-4711";

	static final String CONTENT_TYPE = "application/octet-stream";

	private static final String ID_PREFIX = "message-";

	private static final byte[] BODY = body();

	/**
	 * The number in a message id.
	 * @throws NumberFormatException if it is not the id of a sample
	 */
	public static int numberOf(String messageId) {
		return Integer.parseInt(messageId, ID_PREFIX.length(), messageId.length(), 10);
	}

	String messageId() {
		return ID_PREFIX + this.number;
	}

	/** The same array every time, not to be changed. */
	byte[] content() {
		return BODY;
	}

	Map<String, Object> applicationProperties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("customer", "customer-17");
		properties.put("region", "north-europe");
		properties.put("priority", 3);
		properties.put("total", 129_900L);
		properties.put("express", true);
		return properties;
	}

	private static byte[] body() {
		byte[] bytes = new byte[BODY_SIZE];
		Arrays.fill(bytes, (byte) 'x');
		return bytes;
	}

}
