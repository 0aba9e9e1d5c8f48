package dev.servicebus.client.amqp;

/**
 * What one transaction may span, as far as the service is concerned.
 */
enum TransactionScope {

	/** One entity: each link is on whatever session has room for it. */
	ONE_ENTITY,

	/**
	 * Several entities: all links share one session with the coordinator's, which comes
	 * first.
	 */
	SEVERAL_ENTITIES

}
