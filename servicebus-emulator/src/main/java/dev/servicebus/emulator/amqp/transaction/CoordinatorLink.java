package dev.servicebus.emulator.amqp.transaction;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.LinkCredit;
import dev.servicebus.emulator.store.BrokerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link on which a client declares and discharges transactions. With it end those of its
 * transactions that are not discharged.
 */
public final class CoordinatorLink implements ReceiverLink.Listener {

	private static final Logger logger = LoggerFactory.getLogger(CoordinatorLink.class);

	private static final LinkCredit CREDIT = new LinkCredit(100);

	/** Far more than a command takes; clients make a limit of their own of it. */
	private static final long MAX_MESSAGE_SIZE = 64 * 1024;

	private final ClientTransactions transactions;

	/** The ids of the transactions that were declared here. */
	private final Set<ByteBuffer> declared = new LinkedHashSet<>();

	private CoordinatorLink(ClientTransactions transactions) {
		this.transactions = transactions;
	}

	/**
	 * Accepts a link whose target is a coordinator.
	 */
	public static void open(IncomingLink link, ClientTransactions transactions) {
		CREDIT.topUp(link.acceptReceiver(link.attach().withProperties(Map.of()).withMaxMessageSize(MAX_MESSAGE_SIZE),
				new CoordinatorLink(transactions)));
	}

	@Override
	public void onDelivery(ReceiverLink link, IncomingDelivery delivery) {
		delivery.settle(answer(delivery.payload()));
		CREDIT.topUp(link);
	}

	@Override
	public void onClosed(AmqpLink link, AmqpLink.LinkEnd end) {
		for (ByteBuffer id : new ArrayList<>(this.declared)) {
			discharge(new CoordinatorCommand.Discharge(id.array(), true));
		}
	}

	private DeliveryState answer(byte[] payload) {
		try {
			return carryOut(CoordinatorCommand.read(payload));
		}
		catch (AmqpDecodeException ex) {
			return rejected(Failure.DECODE_ERROR, "Malformed command: " + ex.getMessage());
		}
		catch (BrokerException ex) {
			logger.debug("A command to a coordinator is refused: {}", ex.getMessage());
			return rejected(Failure.of(ex.error()), String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			logger.error("The emulator failed to carry out a command to a coordinator", ex);
			return rejected(Failure.INTERNAL_ERROR, "The emulator has failed: " + ex.getClass().getName());
		}
	}

	private DeliveryState carryOut(CoordinatorCommand command) {
		if (command instanceof CoordinatorCommand.Discharge discharge) {
			discharge(discharge);
			return DeliveryState.Accepted.INSTANCE;
		}
		byte[] id = this.transactions.declare();
		this.declared.add(ByteBuffer.wrap(id));
		return new DeliveryState.Declared(id);
	}

	private void discharge(CoordinatorCommand.Discharge discharge) {
		this.declared.remove(ByteBuffer.wrap(discharge.transactionId()));
		if (discharge.fail()) {
			this.transactions.rollBack(discharge.transactionId());
		}
		else {
			this.transactions.commit(discharge.transactionId());
		}
	}

	private static DeliveryState rejected(Failure failure, String description) {
		return new DeliveryState.Rejected(failure.error(description));
	}

}
