package dev.servicebus.client.amqp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.OutgoingDelivery;
import dev.servicebus.amqp.endpoint.SenderLink;
import dev.servicebus.amqp.endpoint.SessionListener;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.connection.LinkLife;
import org.jspecify.annotations.Nullable;

/**
 * One life of the link to the coordinator, with the transactions that were begun on it.
 * It has a session of its own, unless transactions are to span entities: the service
 * takes a session that it shares with other links for the wish to route everything
 * through the first entity.
 */
final class CoordinatorLife implements LinkLife, SenderLink.Listener {

	private final Coordinator coordinator;

	private final TransactionScope scope;

	private final SenderLink link;

	private final Deque<Command> waiting = new ArrayDeque<>();

	private final Set<Command> unanswered = new LinkedHashSet<>();

	private final Set<TransactionLife> transactions = new LinkedHashSet<>();

	private final DeliveryTags tags = new DeliveryTags();

	CoordinatorLife(Coordinator coordinator, AmqpSession shared, TransactionScope scope) {
		this.coordinator = coordinator;
		this.scope = scope;
		ClientCore core = coordinator.core();
		AmqpSession session = (scope == TransactionScope.SEVERAL_ENTITIES) ? shared
				: shared.connection().beginSession(new SessionListener() {
				});
		Attach attach = Attach.sender(core.linkNames().next("transactions", "coordinator"),
				Terminus.Source.of(core.clientId()),
				new Terminus.Coordinator(List.of(Symbol.of("amqp:local-transactions"))));
		this.link = session.attachSender(attach, this);
	}

	/**
	 * Sends a command as soon as there is credit.
	 */
	void send(Command command) {
		this.waiting.add(command);
		sendWaiting();
	}

	/**
	 * Takes a command back.
	 * @return whether it had not been sent
	 */
	boolean withdraw(Command command) {
		return this.waiting.remove(command);
	}

	void add(TransactionLife transaction) {
		this.transactions.add(transaction);
	}

	void remove(TransactionLife transaction) {
		this.transactions.remove(transaction);
	}

	/**
	 * The link is gone, and with it everything that was not discharged.
	 */
	void lost(ServiceBusException cause) {
		List<Command> sent = new ArrayList<>(this.unanswered);
		List<Command> unsent = new ArrayList<>(this.waiting);
		this.unanswered.clear();
		this.waiting.clear();
		sent.forEach((command) -> command.lost(true, cause));
		unsent.forEach((command) -> command.lost(false, cause));
		new ArrayList<>(this.transactions).forEach((transaction) -> transaction.lost(cause));
	}

	private void sendWaiting() {
		while (this.link.isOpen() && this.link.credit() > 0 && !this.waiting.isEmpty()) {
			Command command = this.waiting.remove();
			byte[] payload = command.payload();
			this.link.send(this.tags.next(), 0, payload, 0, payload.length, false, null, command);
			this.unanswered.add(command);
		}
	}

	@Override
	public void close() {
		this.link.close(null);
	}

	@Override
	public void onOpened(SenderLink opened) {
		this.coordinator.opened(this);
	}

	@Override
	public void onCredit(SenderLink granted) {
		sendWaiting();
		if (granted.isDraining()) {
			granted.drained();
		}
	}

	@Override
	public void onDisposition(SenderLink from, OutgoingDelivery delivery, @Nullable DeliveryState state,
			boolean settled) {
		if (delivery.context() instanceof Command command && this.unanswered.remove(command)) {
			if (!settled && state != null) {
				delivery.settle(state);
			}
			this.coordinator.answered(command, this, state);
		}
	}

	@Override
	public void onClosed(AmqpLink closed, AmqpLink.LinkEnd end) {
		if (this.scope == TransactionScope.ONE_ENTITY) {
			closed.session().end(null);
		}
		this.coordinator.ended(this, end);
	}

	/**
	 * What a coordinator is asked for.
	 */
	interface Command {

		/**
		 * The message to send.
		 */
		byte[] payload();

		/**
		 * The broker has answered.
		 */
		void answered(CoordinatorLife life, @Nullable DeliveryState state);

		/**
		 * There will be no answer on this link.
		 * @param sent whether the broker may have got it
		 * @param cause why
		 */
		void lost(boolean sent, ServiceBusException cause);

	}

}
