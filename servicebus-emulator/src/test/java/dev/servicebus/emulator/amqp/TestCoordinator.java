package dev.servicebus.emulator.amqp;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedLong;
import org.jspecify.annotations.Nullable;

/**
 * A raw client's link that controls transactions.
 */
final class TestCoordinator {

	static final Symbol LOCAL = Symbol.of("amqp:local-transactions");

	final TestSender link;

	TestCoordinator(TestClient client) {
		this.link = client.attachSender(
				Attach.sender("coordinator", Terminus.Source.of("me"), new Terminus.Coordinator(List.of(LOCAL))));
	}

	/**
	 * Declares a transaction.
	 * @return its id
	 */
	byte[] declare() {
		return ((DeliveryState.Declared) command(0x31, Collections.singletonList(null))).transactionId();
	}

	@Nullable DeliveryState commit(byte[] id) {
		return command(0x32, Arrays.asList(id, false));
	}

	@Nullable DeliveryState rollBack(byte[] id) {
		return command(0x32, Arrays.asList(id, true));
	}

	@Nullable DeliveryState command(Object body) {
		return this.link.send(AmqpMessage.builder().value(body).build());
	}

	private @Nullable DeliveryState command(int descriptor, List<@Nullable Object> fields) {
		return command(new DescribedValue(UnsignedLong.of(descriptor), fields));
	}

	/**
	 * The state of work in a transaction.
	 */
	static DeliveryState in(byte[] id) {
		return new DeliveryState.Transactional(id, null);
	}

	/**
	 * The state of a delivery that is settled in a transaction.
	 */
	static DeliveryState in(byte[] id, DeliveryState outcome) {
		return new DeliveryState.Transactional(id, outcome);
	}

}
