package dev.servicebus.listener.container;

import dev.servicebus.listener.ListenerMonitor;

/**
 * What the stages of one run of a container share.
 *
 * @param definition what the container is to do
 * @param services what it shares with others
 * @param settler settles messages
 * @param demand how many messages are asked for
 */
record Parts(ListenerDefinition definition, ContainerServices services, Settler settler, Demand demand) {

	ListenerMonitor monitor() {
		return this.services.monitor();
	}

}
