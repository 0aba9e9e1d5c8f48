package dev.servicebus.client.amqp;

import java.util.List;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.client.ServiceBusException;
import org.jspecify.annotations.Nullable;

/**
 * The end of one transaction, as its broker is told. It is not repeated: after a lost
 * answer nobody could tell a second discharge from one that comes too late.
 *
 * @param transaction the transaction
 * @param verdict what becomes of its work
 */
record Discharge(TransactionLife transaction, Verdict verdict) implements CoordinatorLife.Command {

	private static final UnsignedLong DISCHARGE = UnsignedLong.of(0x32);

	@Override
	public byte[] payload() {
		List<Object> fields = List.of(this.transaction.id(), this.verdict == Verdict.ROLL_BACK);
		return AmqpMessage.builder().value(new DescribedValue(DISCHARGE, fields)).build().encode();
	}

	@Override
	public void answered(CoordinatorLife life, @Nullable DeliveryState state) {
		this.transaction.discharged(this, state);
	}

	@Override
	public void lost(boolean sent, ServiceBusException cause) {
		this.transaction.notDischarged(this, sent, cause);
	}

	/**
	 * What becomes of the work.
	 */
	enum Verdict {

		/** All of it is done. */
		COMMIT,

		/** Nothing is done. */
		ROLL_BACK

	}

}
