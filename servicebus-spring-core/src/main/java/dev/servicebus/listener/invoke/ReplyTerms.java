package dev.servicebus.listener.invoke;

import org.springframework.util.MimeTypeUtils;

/**
 * What is declared of the replies of a method. Immutable.
 *
 * @param sendTo where they go if a request has no reply-to address, empty for nowhere;
 * <code>!{...}</code> in it is evaluated for each reply, with {@code request}, the
 * received message, and {@code result}
 * @param contentType the media type of replies that do not say so themselves, which also
 * tells the converter what to make; empty for what the converter makes by itself
 */
public record ReplyTerms(String sendTo, String contentType) {

	/** Replies go to the reply-to address only, as the converter makes them. */
	public static final ReplyTerms NONE = new ReplyTerms("", "");

	public ReplyTerms {
		if (!contentType.isEmpty()) {
			MimeTypeUtils.parseMimeType(contentType);
		}
	}

}
