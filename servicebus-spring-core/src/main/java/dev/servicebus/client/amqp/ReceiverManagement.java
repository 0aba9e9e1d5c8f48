package dev.servicebus.client.amqp;

import java.time.Duration;

import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.SessionLockLostException;
import dev.servicebus.client.management.ManagementRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver asks of the management node of its entity. A receiver of a session asks
 * on behalf of the link that holds it, and nothing any more when the lock is lost: the
 * session may belong to somebody else by then.
 */
final class ReceiverManagement {

	private final ManagementNode node;

	private final WorkTerms terms;

	private final @Nullable SessionLock session;

	private ReceiverManagement(ManagementNode node, WorkTerms terms, @Nullable SessionLock session) {
		this.node = node;
		this.terms = terms;
		this.session = session;
	}

	static ReceiverManagement ofEntity(ManagementNode node, WorkTerms terms) {
		return new ReceiverManagement(node, terms, null);
	}

	static ReceiverManagement ofSession(ManagementNode node, WorkTerms terms, SessionLock session) {
		return new ReceiverManagement(node, terms, session);
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
		return (this.session != null) ? this.session.sessionId() : null;
	}

	/**
	 * Says why nothing can be done any more, {@code null} if it can.
	 */
	@Nullable ServiceBusException whyImpossible(String operation) {
		return (this.session != null) ? this.session.lossFor(operation) : null;
	}

	/**
	 * Asks for an operation. Thread-safe; the result arrives on the loop.
	 */
	<T extends @Nullable Object> void call(ManagementRequest<T> request, Duration timeout, Completion<T> completion) {
		call(request, this.terms.withTimeLeft(timeout), completion);
	}

	/**
	 * Asks for an operation that its transaction, if it has one, has taken in before.
	 * Thread-safe; the result arrives on the loop.
	 */
	<T extends @Nullable Object> void call(ManagementRequest<T> request, WorkTerms terms, Completion<T> completion) {
		SessionLock lock = this.session;
		if (lock == null) {
			this.node.call(request, ManagementNode.NO_LINK, terms, completion);
			return;
		}
		this.node.core().execute(() -> {
			SessionLockLostException loss = lock.lossFor(request.operation());
			if (loss != null) {
				completion.failure(loss);
			}
			else {
				this.node.call(request, lock.linkName(), terms, new Watch<>(lock, completion));
			}
		});
	}

	/**
	 * Tells the lock when the broker says that it is lost.
	 *
	 * @param <T> the result of the operation
	 */
	private record Watch<T extends @Nullable Object>(SessionLock lock,
			Completion<T> completion) implements Completion<T> {

		@Override
		public void success(T result) {
			this.completion.success(result);
		}

		@Override
		public void failure(ServiceBusException failure) {
			this.completion.failure(failure);
			if (failure instanceof SessionLockLostException loss) {
				this.lock.refused(loss);
			}
		}

	}

}
