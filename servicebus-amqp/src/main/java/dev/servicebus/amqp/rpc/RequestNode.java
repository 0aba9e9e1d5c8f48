package dev.servicebus.amqp.rpc;

import java.util.Map;

import dev.servicebus.amqp.type.Symbol;

/**
 * A node that answers requests, and how to attach to it. Immutable.
 *
 * @param address the node
 * @param linkName names both links of the pair
 * @param replyTo where responses go to; unique on the connection
 * @param properties properties of both links
 */
public record RequestNode(String address, String linkName, String replyTo, Map<Symbol, Object> properties) {

	public RequestNode {
		properties = Map.copyOf(properties);
	}

}
