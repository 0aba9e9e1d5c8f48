package dev.servicebus.emulator.admin;

import java.time.Instant;
import java.util.List;

import dev.servicebus.amqp.transport.http.HttpRequest;
import dev.servicebus.emulator.admin.atom.XmlElement;
import dev.servicebus.emulator.admin.atom.XmlReader;
import org.jspecify.annotations.Nullable;

/**
 * A request to the feed. Immutable.
 *
 * @param http the request as it came
 * @param path what it is about
 * @param urls how answers refer to entities
 */
record FeedRequest(HttpRequest http, FeedPath path, FeedUrls urls) {

	private static final int MAX_TOP = 100;

	static FeedRequest of(HttpRequest http, String namespace) {
		return new FeedRequest(http, FeedPath.parse(http.path()), FeedUrls.of(http, namespace));
	}

	/**
	 * Whether the client wants to change something that is there, and not to create
	 * something.
	 */
	boolean isUpdate() {
		return this.http.header("If-Match") != null;
	}

	/**
	 * Refuses a request that was made for another state of the resource.
	 * @param updatedAt when the resource was last changed
	 */
	void checkMatch(Instant updatedAt) {
		String expected = this.http.header("If-Match");
		if (expected != null && !expected.strip().equals("*") && !expected.strip().equals(tag(updatedAt))) {
			throw new FeedException(412, 41200,
					"The resource has been changed since: the header If-Match is neither * nor " + tag(updatedAt)
							+ ".");
		}
	}

	/**
	 * Identifies a state of a resource.
	 */
	static String tag(Instant updatedAt) {
		return "\"" + updatedAt.toEpochMilli() + "\"";
	}

	/**
	 * How many entries of a list to leave out.
	 */
	int skip() {
		return number("$skip", 0);
	}

	/**
	 * How many entries of a list to return at most.
	 */
	int top() {
		return Math.min(number("$top", MAX_TOP), MAX_TOP);
	}

	/**
	 * The description in the body.
	 * @param names what may be described
	 * @throws dev.servicebus.emulator.admin.atom.MalformedXmlException if the body is not
	 * XML
	 */
	XmlElement description(List<String> names) {
		XmlElement entry = new XmlReader().read(this.http.body());
		XmlElement content = entry.child("content");
		if (entry.name().equals("entry") && content != null && content.children().size() == 1) {
			XmlElement description = content.children().get(0);
			if (names.contains(description.name())) {
				return description;
			}
		}
		throw FeedException
			.badRequest("The body must be an ATOM entry whose content is " + String.join(" or ", names) + ".");
	}

	private int number(String name, int otherwise) {
		@Nullable String text = this.http.query().get(name);
		try {
			int number = (text != null) ? Integer.parseInt(text.strip()) : otherwise;
			if (number >= 0) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// answered below, like a negative number
		}
		throw FeedException.badRequest("The parameter " + name + " must be a number that is not negative.");
	}

}
