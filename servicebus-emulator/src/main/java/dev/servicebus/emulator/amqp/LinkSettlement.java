package dev.servicebus.emulator.amqp;

import java.util.List;
import java.util.UUID;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.transaction.ClientTransactions;
import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.entity.ReceivableEntity;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.transaction.Transaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles deliveries of one entity as the client says on their link, at once or in a
 * transaction.
 */
final class LinkSettlement {

	private static final Logger logger = LoggerFactory.getLogger(LinkSettlement.class);

	private final ReceivableEntity source;

	private final ClientTransactions transactions;

	LinkSettlement(ReceivableEntity source, ClientTransactions transactions) {
		this.source = source;
		this.transactions = transactions;
	}

	ReceivableEntity source() {
		return this.source;
	}

	/**
	 * Settles a delivery.
	 * @param token its lock
	 * @param state what the client says
	 * @param settled whether the client has settled and so will not hear the answer
	 * @return the answer, {@code null} if the client has not decided anything
	 */
	@Nullable DeliveryState settle(UUID token, @Nullable DeliveryState state, boolean settled) {
		DeliveryState outcome = (state instanceof DeliveryState.Transactional work) ? work.outcome() : state;
		if (outcome == null || !SettlementReader.isOutcome(outcome)) {
			return null;
		}
		Transaction transaction = null;
		try {
			transaction = this.transactions.of(state);
			settle(token, SettlementReader.read(outcome), transaction);
			return ClientTransactions.answer(state, SettlementReader.confirmation(outcome));
		}
		catch (BrokerException ex) {
			logger.debug("A settlement on {} is refused: {}", this.source.path(), ex.getMessage());
			if (settled && transaction != null) {
				transaction.fail(ex);
			}
			return new DeliveryState.Rejected(Failure.of(ex.error()).error(ex.getMessage()));
		}
	}

	private void settle(UUID token, Settlement settlement, @Nullable Transaction transaction) {
		if (transaction != null) {
			transaction.settle(this.source, List.of(token), settlement);
		}
		else {
			this.source.settle(token, settlement);
		}
	}

}
