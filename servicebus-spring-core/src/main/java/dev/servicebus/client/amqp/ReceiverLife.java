package dev.servicebus.client.amqp;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.ReceiverSettleMode;
import dev.servicebus.amqp.SenderSettleMode;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.client.connection.LinkLife;
import org.jspecify.annotations.Nullable;

/**
 * One life of a source's link, with the settlements that wait for their answer on it.
 */
final class ReceiverLife implements LinkLife, ReceiverLink.Listener {

	private final AmqpMessageSource source;

	private final ReceiverLink link;

	private final Set<SettleOperation> unanswered = new LinkedHashSet<>();

	private boolean heard;

	ReceiverLife(AmqpMessageSource source, AmqpSession session, String linkName) {
		this.source = source;
		ReceiverContext context = source.context();
		boolean peekLock = context.isPeekLock();
		Attach attach = Attach
			.receiver(linkName, context.terms().source(), new Terminus.Target(context.core().clientId()),
					peekLock ? SenderSettleMode.UNSETTLED : SenderSettleMode.SETTLED,
					peekLock ? ReceiverSettleMode.SECOND : ReceiverSettleMode.FIRST)
			.withProperties(context.terms().attaching());
		this.link = session.attachReceiver(attach, this);
	}

	AmqpMessageSource source() {
		return this.source;
	}

	/**
	 * What the broker said when it attached.
	 */
	Attach peer() {
		return this.link.peer();
	}

	String linkName() {
		return this.link.name();
	}

	void addCredit(int messages) {
		this.link.addCredit(messages);
	}

	void drain() {
		this.link.drain();
	}

	/**
	 * Asks the broker whether it knows the link.
	 */
	void echo() {
		this.link.echo();
	}

	/**
	 * Returns whether the broker has said anything about the link since the last call.
	 */
	boolean takeHeard() {
		boolean taken = this.heard;
		this.heard = false;
		return taken;
	}

	/**
	 * Returns whether the broker may send a message, or owes an answer.
	 */
	boolean isWaiting() {
		return hasUnanswered() || this.link.credit() > 0;
	}

	boolean hasUnanswered() {
		return !this.unanswered.isEmpty();
	}

	boolean isOpen() {
		return this.link.isOpen();
	}

	/**
	 * Proposes an outcome and remembers who waits for the answer.
	 */
	void propose(IncomingDelivery delivery, DeliveryState outcome, SettleOperation operation) {
		delivery.setContext(operation);
		this.unanswered.add(operation);
		delivery.propose(outcome);
	}

	void forget(SettleOperation operation) {
		this.unanswered.remove(operation);
	}

	/**
	 * Hands over the settlements that were proposed and not answered, in the order of
	 * proposing.
	 */
	List<SettleOperation> takeUnanswered() {
		List<SettleOperation> operations = List.copyOf(this.unanswered);
		this.unanswered.clear();
		return operations;
	}

	@Override
	public void close() {
		this.link.close(null);
	}

	@Override
	public void onOpened(ReceiverLink opened) {
		this.source.opened(this);
	}

	@Override
	public void onDelivery(ReceiverLink from, IncomingDelivery delivery) {
		this.heard = true;
		this.source.delivered(this, delivery);
	}

	@Override
	public void onDisposition(ReceiverLink from, IncomingDelivery delivery, @Nullable DeliveryState state,
			boolean settled) {
		this.heard = true;
		if (settled && delivery.context() instanceof SettleOperation operation && this.unanswered.remove(operation)) {
			operation.answered(state);
		}
	}

	@Override
	public void onFlow(ReceiverLink from) {
		this.heard = true;
	}

	@Override
	public void onDrained(ReceiverLink from) {
		this.source.drained();
	}

	@Override
	public void onClosed(AmqpLink closed, AmqpLink.LinkEnd end) {
		this.source.ended(this, end);
	}

}
