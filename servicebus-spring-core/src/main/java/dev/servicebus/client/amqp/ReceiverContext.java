package dev.servicebus.client.amqp;

import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;

/**
 * What the parts of one receiver share. Immutable.
 *
 * @param core what the parts of the client share
 * @param options what is read, and how
 * @param terms how its link is attached
 * @param management what it asks of the management node
 */
record ReceiverContext(ClientCore core, ReceiverOptions options, ReceiverTerms terms, ReceiverManagement management) {

	/**
	 * Reads an entity that has no sessions.
	 */
	static ReceiverContext ofEntity(ClientCore core, ReceiverOptions options, ManagementNode node) {
		return new ReceiverContext(core, options, new EntityTerms(core, options.path()),
				ReceiverManagement.ofEntity(node, core.terms()));
	}

	boolean isPeekLock() {
		return this.options.receiveMode() == ReceiveMode.PEEK_LOCK;
	}

}
