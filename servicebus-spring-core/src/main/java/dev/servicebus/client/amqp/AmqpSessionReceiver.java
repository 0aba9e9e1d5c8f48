package dev.servicebus.client.amqp;

import java.time.Duration;

import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.client.SessionReceiver;

/**
 * Receives on request from the one session that its link holds.
 */
final class AmqpSessionReceiver extends AmqpReceiver implements SessionReceiver {

	private final LockedSession session;

	AmqpSessionReceiver(SessionLink link, ReceiveRequests requests) {
		super(link.source(), requests);
		this.session = link.session();
	}

	private AmqpSessionReceiver(AmqpSessionReceiver same, Duration timeout) {
		super(same, timeout);
		this.session = same.session.withTimeout(timeout);
	}

	@Override
	public ServiceBusSession session() {
		return this.session;
	}

	@Override
	public SessionReceiver withTimeout(Duration timeout) {
		return new AmqpSessionReceiver(this, timeout);
	}

}
