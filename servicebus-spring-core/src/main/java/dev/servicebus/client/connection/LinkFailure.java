package dev.servicebus.client.connection;

import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.error.Recovery;

/**
 * Why a link is not there. Immutable.
 *
 * @param exception what a program gets to see
 * @param recovery what has to be rebuilt
 */
public record LinkFailure(ServiceBusException exception, Recovery recovery) {

	/**
	 * Returns whether trying again soon may help.
	 */
	public boolean isTransient() {
		return switch (this.recovery) {
			case NONE, LINK, SESSION, CONNECTION -> true;
			case AUTHORIZATION, ENTITY, FATAL -> false;
		};
	}

}
