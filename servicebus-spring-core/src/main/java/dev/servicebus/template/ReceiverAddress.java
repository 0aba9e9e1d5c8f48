package dev.servicebus.template;

import java.util.Locale;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.SubQueue;

/**
 * Reads the paths of queues, subscriptions and their dead-letter queues.
 */
final class ReceiverAddress {

	private static final String SUBSCRIPTIONS = "/subscriptions/";

	private static final String DEAD_LETTER = "/$deadletterqueue";

	private static final String TRANSFER_DEAD_LETTER = "/$transfer/$deadletterqueue";

	private ReceiverAddress() {
	}

	static ReceiverOptions parse(String path) {
		if (endsWith(path, TRANSFER_DEAD_LETTER)) {
			return entity(without(path, TRANSFER_DEAD_LETTER)).withSubQueue(SubQueue.TRANSFER_DEAD_LETTER);
		}
		if (endsWith(path, DEAD_LETTER)) {
			return entity(without(path, DEAD_LETTER)).withSubQueue(SubQueue.DEAD_LETTER);
		}
		return entity(path);
	}

	private static ReceiverOptions entity(String path) {
		int separator = path.toLowerCase(Locale.ROOT).indexOf(SUBSCRIPTIONS);
		return (separator < 0) ? ReceiverOptions.queue(path) : ReceiverOptions
			.subscription(path.substring(0, separator), path.substring(separator + SUBSCRIPTIONS.length()));
	}

	private static boolean endsWith(String path, String suffix) {
		return path.toLowerCase(Locale.ROOT).endsWith(suffix);
	}

	private static String without(String path, String suffix) {
		return path.substring(0, path.length() - suffix.length());
	}

}
