package dev.servicebus.emulator.admin;

import java.util.Arrays;
import java.util.List;

/**
 * What the path of a request points at. Immutable.
 *
 * <p>
 * The fixed segments compare without regard to case, and a slash at the end does not
 * count. The path of a queue or topic may contain slashes.
 *
 * @param kind what it is
 * @param entity the path of the queue or topic, empty if there is none
 * @param subscription the name of the subscription, empty if there is none
 * @param rule the name of the rule, empty if there is none
 */
record FeedPath(Kind kind, String entity, String subscription, String rule) {

	private static final String SUBSCRIPTIONS = "subscriptions";

	private static final String RULES = "rules";

	/**
	 * Reads a path that has been decoded. Any text is a path; whether there is something
	 * behind it is another question.
	 */
	static FeedPath parse(String path) {
		List<String> segments = Arrays.stream(path.split("/")).filter((segment) -> !segment.isEmpty()).toList();
		Kind fixed = fixed(String.join("/", segments));
		if (fixed != Kind.ENTITY) {
			return new FeedPath(fixed, "", "", "");
		}
		int index = indexOfSubscriptions(segments);
		return (index < 0) ? new FeedPath(Kind.ENTITY, String.join("/", segments), "", "") : belowTopic(
				String.join("/", segments.subList(0, index)), segments.subList(index + 1, segments.size()));
	}

	private static Kind fixed(String path) {
		for (Kind kind : Kind.values()) {
			if (kind.path.equalsIgnoreCase(path)) {
				return kind;
			}
		}
		return path.startsWith("$") ? Kind.UNKNOWN : Kind.ENTITY;
	}

	private static FeedPath belowTopic(String topic, List<String> rest) {
		boolean rules = rest.size() > 1 && rest.get(1).equalsIgnoreCase(RULES);
		if (rest.size() > 3 || (rest.size() > 1 && !rules)) {
			return new FeedPath(Kind.UNKNOWN, topic, "", "");
		}
		return switch (rest.size()) {
			case 0 -> new FeedPath(Kind.SUBSCRIPTIONS, topic, "", "");
			case 1 -> new FeedPath(Kind.SUBSCRIPTION, topic, rest.get(0), "");
			case 2 -> new FeedPath(Kind.RULES, topic, rest.get(0), "");
			default -> new FeedPath(Kind.RULE, topic, rest.get(0), rest.get(2));
		};
	}

	private static int indexOfSubscriptions(List<String> segments) {
		for (int i = 1; i < segments.size(); i++) {
			if (segments.get(i).equalsIgnoreCase(SUBSCRIPTIONS)) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * The places of the feed.
	 */
	enum Kind {

		/** The namespace itself. */
		NAMESPACE("$namespaceinfo"),

		/** All queues. */
		QUEUES("$Resources/queues"),

		/** All topics. */
		TOPICS("$Resources/topics"),

		/** A queue or topic, or where one could be. */
		ENTITY("/"),

		/** All subscriptions of a topic. */
		SUBSCRIPTIONS("/"),

		/** A subscription. */
		SUBSCRIPTION("/"),

		/** All rules of a subscription. */
		RULES("/"),

		/** A rule. */
		RULE("/"),

		/** Nothing that could ever be there. */
		UNKNOWN("");

		private final String path;

		Kind(String path) {
			this.path = path;
		}

	}

}
