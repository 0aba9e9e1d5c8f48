package dev.servicebus.benchmarks.broker;

import java.time.Duration;

import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityCounts;

/**
 * The emulator in this process.
 */
final class EmbeddedEmulator implements Broker {

	/** Between a program and a data center that is not next door. */
	private static final Duration ROUND_TRIP = Duration.ofMillis(10);

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder().build().start();

	private final Duration confirmationDelay;

	private EmbeddedEmulator(Duration confirmationDelay) {
		this.confirmationDelay = confirmationDelay;
	}

	/**
	 * Starts one that answers as fast as it can.
	 */
	static EmbeddedEmulator prompt() {
		return new EmbeddedEmulator(Duration.ZERO);
	}

	/**
	 * Starts one that confirms settlements as late as a broker far away.
	 */
	static EmbeddedEmulator confirmingLate() {
		return new EmbeddedEmulator(ROUND_TRIP);
	}

	@Override
	public int port() {
		return this.emulator.port();
	}

	@Override
	public void createQueue(String queue) {
		this.emulator.createQueue(queue);
		if (!this.confirmationDelay.isZero()) {
			this.emulator.faults().onSettle(queue).always().delayAnswer(this.confirmationDelay);
		}
	}

	@Override
	public void deleteQueue(String queue) {
		this.emulator.deleteQueue(queue);
	}

	@Override
	public int messages(String queue) {
		EntityCounts counts = this.emulator.queue(queue).counts();
		return counts.active() + counts.deferred() + counts.scheduled() + counts.deadLettered();
	}

	@Override
	public void close() {
		this.emulator.close();
	}

}
