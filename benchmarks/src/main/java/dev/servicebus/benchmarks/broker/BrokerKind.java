package dev.servicebus.benchmarks.broker;

import java.util.List;
import java.util.function.Supplier;

/**
 * The brokers that take part.
 */
public enum BrokerKind {

	/** This project's emulator. */
	EMULATOR(EmbeddedEmulator::prompt),

	/** The same, but it confirms settlements late, as over a long way. */
	EMULATOR_CONFIRMING_LATE(EmbeddedEmulator::confirmingLate),

	/** Apache ActiveMQ Artemis with AMQP only, without persistence and security. */
	ARTEMIS(EmbeddedArtemis::new);

	/** Different products; the first is this project's. */
	public static final List<BrokerKind> PRODUCTS = List.of(EMULATOR, ARTEMIS);

	private final Supplier<Broker> start;

	BrokerKind(Supplier<Broker> start) {
		this.start = start;
	}

	/**
	 * Starts the broker in this process. It accepts connections when this returns.
	 */
	Broker start() {
		return this.start.get();
	}

}
