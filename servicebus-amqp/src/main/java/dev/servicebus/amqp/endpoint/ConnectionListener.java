package dev.servicebus.amqp.endpoint;

import dev.servicebus.amqp.AmqpError;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to a connection, on its loop.
 */
public interface ConnectionListener {

	/**
	 * There is a channel to the peer, and no frame has passed yet.
	 */
	default void onConnected(AmqpConnection connection) {
	}

	/**
	 * The peer has opened the connection.
	 */
	default void onOpened(AmqpConnection connection) {
	}

	/**
	 * The peer has begun a session. The answer goes out after this call.
	 * @return hears what happens on the session
	 */
	default SessionListener onSessionBegun(AmqpSession session) {
		return new SessionListener() {
		};
	}

	/**
	 * The connection is over, whoever ended it. Called exactly once, after every link and
	 * session of the connection has been told; also when the connection could not be
	 * made.
	 * @param connection the connection
	 * @param reason why
	 */
	void onClosed(AmqpConnection connection, CloseReason reason);

	/**
	 * Why a connection ended.
	 *
	 * @param kind who or what ended it
	 * @param error the peer's or our own error, if there was one
	 * @param cause the failure of the transport, if there was one
	 */
	record CloseReason(Kind kind, @Nullable AmqpError error, @Nullable Throwable cause) {

		/**
		 * Who or what ended a connection.
		 */
		public enum Kind {

			/** This side asked for it. */
			LOCAL,

			/** The peer sent a close. */
			REMOTE,

			/** The transport broke, could not be made, or ended without a close. */
			TRANSPORT,

			/** SASL was refused. */
			AUTHENTICATION

		}

	}

}
