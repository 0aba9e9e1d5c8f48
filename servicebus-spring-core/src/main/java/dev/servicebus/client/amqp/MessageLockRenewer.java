package dev.servicebus.client.amqp;

import java.time.Instant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.servicebus.client.management.RenewLocks;

/**
 * Renews locks of messages, many with one request.
 *
 * @param node the management node of their entity
 */
record MessageLockRenewer(ManagementNode node) implements LockRenewer {

	private static final int LOCKS_PER_REQUEST = 100;

	@Override
	public String entityPath() {
		return this.node.entityPath();
	}

	@Override
	public int locksPerRequest() {
		return LOCKS_PER_REQUEST;
	}

	@Override
	public void renew(List<RenewableLock> locks, Duration limit, Completion<List<Instant>> completion) {
		List<UUID> tokens = new ArrayList<>(locks.size());
		for (RenewableLock lock : locks) {
			UUID token = lock.lockToken();
			if (token == null) {
				throw new IllegalArgumentException("The lock has no token: " + lock);
			}
			tokens.add(token);
		}
		this.node.call(new RenewLocks(tokens), ManagementNode.NO_LINK, limit, completion);
	}

}
