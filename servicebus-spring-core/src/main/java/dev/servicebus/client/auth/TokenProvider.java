package dev.servicebus.client.auth;

import java.util.concurrent.CompletionStage;

/**
 * Obtains the tokens with which the client claims its rights on an entity. Called for
 * each entity once, and again before its token expires.
 *
 * <p>
 * Must be thread-safe. The call may come from any thread but an event loop; it should not
 * block, and what it returns must complete some time. A failure is retried with growing
 * delay.
 */
@FunctionalInterface
public interface TokenProvider {

	/**
	 * Obtains a token.
	 * @param audience what the token is for, see {@link #audience}
	 */
	CompletionStage<AccessToken> token(String audience);

	/**
	 * The audience of an entity: {@code amqp://<host>/<entity path>}, whatever transport
	 * is in use.
	 */
	static String audience(String host, String entityPath) {
		return "amqp://" + host + '/' + entityPath;
	}

}
