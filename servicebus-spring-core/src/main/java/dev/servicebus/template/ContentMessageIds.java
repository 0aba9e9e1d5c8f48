package dev.servicebus.template;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.TreeMap;

import dev.servicebus.message.MessageEncoder;
import dev.servicebus.message.ServiceBusMessage;

/**
 * Ids that follow from what messages say: SHA-256 over the encoded message, with its
 * properties in one order and without its times.
 */
final class ContentMessageIds implements MessageIdGenerator {

	static final MessageIdGenerator INSTANCE = new ContentMessageIds();

	/** Without a time to live, nothing depends on the clock. */
	private final MessageEncoder encoder = new MessageEncoder(() -> Instant.EPOCH);

	private ContentMessageIds() {
	}

	@Override
	public String messageId(Object payload, ServiceBusMessage message) {
		ServiceBusMessage timeless = message.mutate()
			.timeToLive(null)
			.scheduledEnqueueTime(null)
			.applicationProperties(new TreeMap<>(message.applicationProperties()))
			.build();
		return HexFormat.of().formatHex(sha256().digest(this.encoder.encode(timeless)));
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
