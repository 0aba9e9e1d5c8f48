package dev.servicebus.benchmarks.broker;

import java.util.function.Supplier;

/**
 * The brokers that take part.
 */
public enum BrokerKind {

	/** This project's emulator. */
	EMULATOR(EmbeddedEmulator::new),

	/** Apache ActiveMQ Artemis with AMQP only, without persistence and security. */
	ARTEMIS(EmbeddedArtemis::new);

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
