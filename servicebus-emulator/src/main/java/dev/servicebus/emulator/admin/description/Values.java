package dev.servicebus.emulator.admin.description;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

import dev.servicebus.emulator.entity.EntityAddress;
import dev.servicebus.emulator.entity.EntityName;
import dev.servicebus.emulator.entity.EntityStatus;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;

/**
 * Values as descriptions write them.
 */
final class Values {

	private static final int MAX_SHOWN = 80;

	private Values() {
	}

	/**
	 * Reads the text of an element.
	 * @param element the name of the element
	 * @param text the text; white space around it does not count
	 * @param expected what it should be, for the refusal
	 * @param reader turns it into a value
	 * @throws BrokerException if it cannot be read
	 */
	static <T> T read(String element, String text, String expected, Function<String, T> reader) {
		try {
			return reader.apply(text.strip());
		}
		catch (IllegalArgumentException | ArithmeticException | DateTimeException ex) {
			throw invalid("The element " + element + " must be " + expected + " but is '" + abbreviate(text) + "'.");
		}
	}

	static boolean flag(String text) {
		return switch (text.toLowerCase(Locale.ROOT)) {
			case "true", "1" -> true;
			case "false", "0" -> false;
			default -> throw new IllegalArgumentException("not a boolean");
		};
	}

	static int number(String text, int max) {
		int number = Integer.parseInt(text);
		if (number < 0 || number > max) {
			throw new IllegalArgumentException("out of range");
		}
		return number;
	}

	static Duration duration(String text) {
		return IsoDuration.parse(text);
	}

	static EntityStatus status(String text) {
		for (EntityStatus status : EntityStatus.values()) {
			if (status(status).equalsIgnoreCase(text)) {
				return status;
			}
		}
		throw new IllegalArgumentException("not a status");
	}

	static String status(EntityStatus status) {
		return switch (status) {
			case ACTIVE -> "Active";
			case DISABLED -> "Disabled";
			case SEND_DISABLED -> "SendDisabled";
			case RECEIVE_DISABLED -> "ReceiveDisabled";
		};
	}

	/**
	 * Reads the path of an entity that clients write as it is or as a URL of any scheme.
	 */
	static String path(String text) {
		String path = EntityAddress.parse(text).entity();
		if (!EntityName.isPath(path)) {
			throw new IllegalArgumentException("not a path");
		}
		return path;
	}

	static BrokerException invalid(String message) {
		return new BrokerException(BrokerError.ARGUMENT_ERROR, message);
	}

	static String abbreviate(String text) {
		return (text.length() <= MAX_SHOWN) ? text : text.substring(0, MAX_SHOWN) + "…";
	}

}
