package dev.servicebus.client.admin.atom;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;

import dev.servicebus.client.admin.EntityStatus;
import dev.servicebus.client.admin.MessageCounts;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a description. Missing ones get what the broker means by that.
 */
final class DescriptionReader {

	/** What the service says in place of "never". */
	private static final int NO_YEAR = 1;

	private static final OffsetDateTime UNKNOWN_TIME = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

	private final XmlElement description;

	DescriptionReader(XmlElement description) {
		this.description = description;
	}

	XmlElement description() {
		return this.description;
	}

	@Nullable String text(String name) {
		return this.description.childText(name);
	}

	String text(String name, String missing) {
		String text = text(name);
		return (text != null) ? text : missing;
	}

	Duration duration(String name, Duration missing) {
		Duration value = read(name, XmlValues::duration);
		return (value != null) ? value : missing;
	}

	boolean bool(String name, boolean missing) {
		Boolean value = read(name, XmlValues::bool);
		return (value != null) ? value : missing;
	}

	@Nullable Long integer(String name) {
		return read(name, XmlValues::integer);
	}

	int integer(String name, int missing) {
		Long value = integer(name);
		if (value == null) {
			return missing;
		}
		if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
			throw new MalformedDocumentException("'" + name + "' is too large: " + value);
		}
		return value.intValue();
	}

	/**
	 * A time that is there in all descriptions of the service.
	 */
	OffsetDateTime time(String name) {
		OffsetDateTime value = read(name, XmlValues::time);
		return (value != null) ? value : UNKNOWN_TIME;
	}

	/**
	 * A time that may not have come yet.
	 */
	@Nullable OffsetDateTime pastTime(String name) {
		OffsetDateTime value = read(name, XmlValues::time);
		return (value != null && value.getYear() > NO_YEAR) ? value : null;
	}

	EntityStatus status() {
		String text = text("Status", EntityStatus.ACTIVE.text());
		for (EntityStatus status : EntityStatus.values()) {
			if (status.text().equalsIgnoreCase(text)) {
				return status;
			}
		}
		return EntityStatus.UNKNOWN;
	}

	/**
	 * The path of an entity that is given as the URL of its namespace and its path.
	 */
	@Nullable String entityPath(String name) {
		String text = text(name);
		int scheme = (text != null) ? text.indexOf("://") : -1;
		if (text == null || scheme < 0) {
			return text;
		}
		int path = text.indexOf('/', scheme + "://".length());
		String stripped = (path >= 0) ? text.substring(path + 1) : "";
		return stripped.isEmpty() ? null : stripped;
	}

	MessageCounts counts() {
		XmlElement details = this.description.child("CountDetails");
		DescriptionReader counts = new DescriptionReader((details != null) ? details : this.description);
		long active = counts.count("ActiveMessageCount");
		long deadLetter = counts.count("DeadLetterMessageCount");
		long scheduled = counts.count("ScheduledMessageCount");
		long transfer = counts.count("TransferMessageCount");
		long transferDeadLetter = counts.count("TransferDeadLetterMessageCount");
		Long total = integer("MessageCount");
		return new MessageCounts(
				(total != null) ? total : active + deadLetter + scheduled + transfer + transferDeadLetter, active,
				deadLetter, scheduled, transfer, transferDeadLetter);
	}

	long count(String name) {
		Long value = integer(name);
		return (value != null) ? value : 0;
	}

	private <T> @Nullable T read(String name, Function<String, T> reader) {
		String text = text(name);
		try {
			return (text != null) ? reader.apply(text) : null;
		}
		catch (MalformedDocumentException ex) {
			throw new MalformedDocumentException("'" + name + "' cannot be read: " + ex.getMessage(), ex);
		}
	}

}
