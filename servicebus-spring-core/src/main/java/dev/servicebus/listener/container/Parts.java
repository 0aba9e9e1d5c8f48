package dev.servicebus.listener.container;

import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.SettlementMode;

/**
 * What the stages of one run of a container share.
 *
 * @param definition what the container is to do
 * @param services what it shares with others
 * @param settler settles messages
 * @param demand how many messages are asked for
 */
record Parts(ListenerDefinition definition, ContainerServices services, Settler settler, Demand demand) {

	/**
	 * What the source reads, and how.
	 */
	ReceiverOptions receiverOptions() {
		ListenerOptions options = this.definition.options();
		boolean delete = options.settlement() == SettlementMode.RECEIVE_AND_DELETE;
		return this.definition.target()
			.toReceiverOptions()
			.withReceiveMode(delete ? ReceiveMode.RECEIVE_AND_DELETE : ReceiveMode.PEEK_LOCK)
			.withPrefetch(options.prefetch())
			.withMaxLockRenewal(options.maxLockRenewal());
	}

	ListenerMonitor monitor() {
		return this.services.monitor();
	}

}
