package dev.servicebus.amqp.transport;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * The peer broke the rules of the WebSocket that carries a channel, or closed it with an
 * error of its own.
 */
public final class WebSocketException extends IOException {

	public WebSocketException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
