package dev.servicebus.client.twin;

import dev.servicebus.client.amqp.ServiceBusClient;

/**
 * One thing that users do, with both clients.
 *
 * @param name what it is
 * @param messages sent to {@link #QUEUE}, {@link #SESSIONS} and {@link #TOPIC} before
 * @param theirs how it is done with Microsoft's client
 * @param ours how it is done with ours
 */
record TwinOperation(String name, int messages, Work<TheirClients> theirs, Work<ServiceBusClient> ours) {

	static final String QUEUE = "orders";

	static final String SESSIONS = "baskets";

	static final String TOPIC = "news";

	static final String SUBSCRIPTION = "all";

	static TwinOperation of(String name, Work<TheirClients> theirs, Work<ServiceBusClient> ours) {
		return new TwinOperation(name, 0, theirs, ours);
	}

	TwinOperation afterSending(int count) {
		return new TwinOperation(this.name, count, this.theirs, this.ours);
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What one of the clients does.
	 */
	@FunctionalInterface
	interface Work<C> {

		void run(C client) throws Exception;

	}

}
