package dev.servicebus.emulator.entity;

import java.util.Locale;
import java.util.regex.Pattern;

import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;

/**
 * The rules for names of entities: letters, digits and {@code . - _ ~ /}, beginning and
 * ending with a letter or digit. Names compare without regard to case.
 */
public final class EntityName {

	private static final int MAX_PATH_LENGTH = 260;

	private static final Pattern PATH = Pattern.compile("[A-Za-z0-9]([\\w.~/-]*[A-Za-z0-9])?");

	private static final int MAX_SUBSCRIPTION_LENGTH = 50;

	private static final Pattern SUBSCRIPTION = Pattern.compile("[A-Za-z0-9]([\\w.~-]*[A-Za-z0-9])?");

	private EntityName() {
	}

	/**
	 * Returns whether a queue or topic may have this path.
	 */
	public static boolean isPath(String path) {
		return path.length() <= MAX_PATH_LENGTH && PATH.matcher(path).matches()
				&& !key("/" + path + "/").contains("/subscriptions/");
	}

	/**
	 * Refuses a path that no queue or topic can have.
	 * @throws BrokerException if it is one
	 */
	public static void checkPath(String path) {
		if (!isPath(path)) {
			throw new BrokerException(BrokerError.ARGUMENT_ERROR, "The entity path '" + path + "' is not valid."
					+ " It may have up to " + MAX_PATH_LENGTH + " letters, digits and characters of . - _ ~ /,"
					+ " must begin and end with a letter or digit, and must not contain the segment 'subscriptions'.");
		}
	}

	/**
	 * Returns whether a subscription may have this name.
	 */
	public static boolean isSubscription(String name) {
		return name.length() <= MAX_SUBSCRIPTION_LENGTH && SUBSCRIPTION.matcher(name).matches();
	}

	/**
	 * Refuses a name that no subscription can have.
	 * @throws BrokerException if it is one
	 */
	public static void checkSubscription(String name) {
		if (!isSubscription(name)) {
			throw new BrokerException(BrokerError.ARGUMENT_ERROR, "The subscription name '" + name + "' is not valid."
					+ " It may have up to " + MAX_SUBSCRIPTION_LENGTH
					+ " letters, digits and characters of . - _ ~, and must begin and end with a letter or digit.");
		}
	}

	/**
	 * The form of a path under which an entity is looked up.
	 */
	static String key(String path) {
		return path.toLowerCase(Locale.ROOT);
	}

}
