package dev.servicebus.client.amqp;

import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.SessionLockLostException;
import dev.servicebus.client.SessionSource.SessionListener;
import org.jspecify.annotations.Nullable;

/**
 * Room for one session of a source: it first waits for one and then holds it. Used once;
 * the next session gets another slot. Confined to the loop.
 */
final class SessionSlot implements SessionTerms.Listener {

	private final AmqpSessionSource owner;

	private final SessionRequest request;

	private final SessionMessages messages;

	private final SessionLink link;

	private @Nullable SessionListener listener;

	SessionSlot(AmqpSessionSource owner, SessionLink.Context context) {
		this.owner = owner;
		this.request = context.request();
		this.messages = new SessionMessages(this);
		this.link = new SessionLink(context, this, this.messages);
	}

	SessionRequest request() {
		return this.request;
	}

	SessionLink link() {
		return this.link;
	}

	void start() {
		this.link.source().whenEnded().thenRun(() -> this.owner.ended(this));
		this.link.source().attach();
	}

	/**
	 * Gives the session back, or stops waiting for one.
	 */
	CompletableFuture<Void> release() {
		return this.link.source().end();
	}

	/**
	 * Hears what the session brings.
	 * @throws IllegalStateException before there is a session
	 */
	SessionListener listener() {
		SessionListener current = this.listener;
		if (current == null) {
			throw new IllegalStateException("There is no session yet");
		}
		return current;
	}

	@Override
	public void asked() {
		this.owner.asked();
	}

	@Override
	public void accepted() {
		this.listener = this.owner.accepted(this, this.messages);
	}

	/**
	 * Somebody else has the session, or the broker has misunderstood: the slot ends and
	 * another one asks again.
	 */
	@Override
	public void refused(ServiceBusException failure) {
		this.owner.refused(failure);
	}

	void failed(ServiceBusException failure) {
		SessionListener current = this.listener;
		if (current == null) {
			this.owner.failed(failure);
		}
		else if (failure instanceof SessionLockLostException loss) {
			current.onSessionLost(loss);
		}
		else {
			current.onFailure(failure);
		}
	}

	void ready() {
		if (this.listener != null) {
			this.listener.onReady();
		}
	}

}
