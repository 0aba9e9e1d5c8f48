package dev.servicebus.client.amqp;

import java.time.Duration;

import dev.servicebus.client.management.ManagementRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver asks of the management node of its entity.
 */
final class ReceiverManagement {

	private final ManagementNode node;

	private ReceiverManagement(ManagementNode node) {
		this.node = node;
	}

	static ReceiverManagement ofEntity(ManagementNode node) {
		return new ReceiverManagement(node);
	}

	ManagementNode node() {
		return this.node;
	}

	String entityPath() {
		return this.node.entityPath();
	}

	/**
	 * The session that requests have to name, {@code null} if it is none.
	 */
	@Nullable String sessionId() {
		return null;
	}

	/**
	 * Asks for an operation. Thread-safe; the result arrives on the loop.
	 */
	<T extends @Nullable Object> void call(ManagementRequest<T> request, Duration timeout, Completion<T> completion) {
		this.node.call(request, ManagementNode.NO_LINK, timeout, completion);
	}

}
