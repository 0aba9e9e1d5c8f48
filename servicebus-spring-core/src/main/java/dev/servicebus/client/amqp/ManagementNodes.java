package dev.servicebus.client.amqp;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The management nodes of a client, one for each entity. Thread-safe.
 */
final class ManagementNodes {

	private final Map<String, ManagementNode> byPath = new ConcurrentHashMap<>();

	private final ClientCore core;

	private final EntityScope scope;

	ManagementNodes(ClientCore core, EntityScope scope) {
		this.core = core;
		this.scope = scope;
	}

	ManagementNode of(String path) {
		this.scope.check(path);
		return this.byPath.computeIfAbsent(path, (node) -> new ManagementNode(this.core, node));
	}

	/**
	 * Forgets a node that is not in use; to be called on the loop. Whoever still holds it
	 * can go on using it.
	 */
	void forget(String path) {
		this.byPath.computeIfPresent(path, (key, node) -> node.isInUse() ? node : null);
	}

	/**
	 * Ends all calls; to be called on the loop.
	 */
	void close() {
		this.byPath.values().forEach(ManagementNode::close);
	}

}
