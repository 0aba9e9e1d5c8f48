package dev.servicebus.amqp.sasl;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The accepting side of SASL: offers mechanisms and judges the answer. All mechanisms
 * that Service Bus offers need a single answer. Called on the connection's loop and must
 * not block.
 */
public interface SaslAuthenticator {

	/**
	 * The mechanisms to offer.
	 */
	List<String> mechanisms();

	/**
	 * Judges the client's choice and answer.
	 * @param mechanism the chosen mechanism, not necessarily one that was offered
	 * @param response the initial response, may be empty
	 * @return who the client is, or {@code null} to refuse it
	 */
	@Nullable SaslIdentity authenticate(String mechanism, byte[] response);

}
