package dev.servicebus.converter;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.IdTimestampMessageHeaderInitializer;
import org.springframework.messaging.support.MessageHeaderAccessor;

/**
 * Headers without the id and timestamp that Spring otherwise makes up for each message;
 * nobody would see them, and they cost more than all the rest.
 */
final class LightHeaders {

	private static final IdTimestampMessageHeaderInitializer NO_ID = new IdTimestampMessageHeaderInitializer();

	static {
		NO_ID.setDisableIdGeneration();
	}

	private LightHeaders() {
	}

	/**
	 * The part of the given headers that a payload converter looks at; it may add to
	 * them.
	 */
	static MessageHeaders of(Map<String, ? extends @Nullable Object> headers) {
		MessageHeaderAccessor accessor = new MessageHeaderAccessor();
		NO_ID.initHeaders(accessor);
		Object contentType = headers.get(MessageHeaders.CONTENT_TYPE);
		if (contentType != null) {
			accessor.setHeader(MessageHeaders.CONTENT_TYPE, contentType);
		}
		accessor.setLeaveMutable(true);
		return accessor.getMessageHeaders();
	}

}
