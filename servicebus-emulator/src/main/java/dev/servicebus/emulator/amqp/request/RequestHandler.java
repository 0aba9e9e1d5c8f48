package dev.servicebus.emulator.amqp.request;

/**
 * A node that answers requests.
 */
@FunctionalInterface
public interface RequestHandler {

	/**
	 * Carries out a request. A {@link RefusedException} or
	 * {@link dev.servicebus.emulator.store.BrokerException} becomes a response, too.
	 */
	Response handle(Request request);

}
