package dev.servicebus.converter;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A reply that says why there is none: a problem in the terms of RFC 9457, as application
 * properties of a message without a body. Immutable.
 *
 * @param type a URI that identifies the kind of problem, {@value #NO_TYPE} if the title
 * says it all
 * @param title the kind of problem in few words, the same each time
 * @param detail what is special about this case, {@code null} if there is nothing to add
 */
public record ProblemReply(String type, String title, @Nullable String detail) {

	/** The type of problems that have none. */
	public static final String NO_TYPE = "about:blank";

	/** The property with the type. */
	public static final String TYPE_PROPERTY = "servicebus-problem-type";

	/** The property with the title; a message that has it is a problem. */
	public static final String TITLE_PROPERTY = "servicebus-problem-title";

	/** The property with the detail; absent if there is none. */
	public static final String DETAIL_PROPERTY = "servicebus-problem-detail";

	/** Longer texts are cut when they are sent, so that they fit with room to spare. */
	static final int MAX_LENGTH = 1024;

	private static final byte[] NO_BODY = {};

	public ProblemReply {
		Objects.requireNonNull(type, "type");
		if (title.isBlank()) {
			throw new IllegalArgumentException("the title of a problem must not be blank");
		}
	}

	/**
	 * A problem without type and detail.
	 */
	public static ProblemReply of(String title) {
		return new ProblemReply(NO_TYPE, title, null);
	}

	/**
	 * What may be told of an exception: the simple name of its class as title, and its
	 * message as detail. Neither packages nor stack traces leave the application.
	 */
	public static ProblemReply of(Throwable error) {
		String name = error.getClass().getSimpleName();
		return of(name.isEmpty() ? "Error" : name).withDetail(error.getMessage());
	}

	/**
	 * The problem that a reply tells, {@code null} if it tells none.
	 */
	public static @Nullable ProblemReply from(ServiceBusReceivedMessage reply) {
		String title = text(reply, TITLE_PROPERTY);
		if (title == null || title.isBlank()) {
			return null;
		}
		String type = text(reply, TYPE_PROPERTY);
		return new ProblemReply((type != null) ? type : NO_TYPE, title, text(reply, DETAIL_PROPERTY));
	}

	private static @Nullable String text(ServiceBusReceivedMessage reply, String property) {
		Object value = reply.applicationProperties().get(property);
		return (value != null) ? value.toString() : null;
	}

	public ProblemReply withType(String newType) {
		return new ProblemReply(newType, this.title, this.detail);
	}

	public ProblemReply withDetail(@Nullable String newDetail) {
		return new ProblemReply(this.type, this.title, newDetail);
	}

	/**
	 * The message that tells the problem.
	 */
	public ServiceBusMessage toMessage() {
		ServiceBusMessage.Builder message = ServiceBusMessage.builder()
			.body(NO_BODY)
			.applicationProperty(TYPE_PROPERTY, cut(this.type))
			.applicationProperty(TITLE_PROPERTY, cut(this.title));
		if (this.detail != null) {
			message.applicationProperty(DETAIL_PROPERTY, cut(this.detail));
		}
		return message.build();
	}

	/**
	 * Title and detail in one line.
	 */
	public String summary() {
		return (this.detail != null) ? this.title + ": " + this.detail : this.title;
	}

	private static String cut(String text) {
		if (text.length() <= MAX_LENGTH) {
			return text;
		}
		return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH);
	}

}
