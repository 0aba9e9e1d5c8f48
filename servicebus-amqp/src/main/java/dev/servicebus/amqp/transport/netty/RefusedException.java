package dev.servicebus.amqp.transport.netty;

import java.io.IOException;

import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A proxy or server does not do what a handshake asks of it.
 */
final class RefusedException extends IOException {

	private final Reason reason;

	RefusedException(Reason reason, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	Reason reason() {
		return this.reason;
	}

}
