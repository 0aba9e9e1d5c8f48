package dev.servicebus.benchmarks.broker;

import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityCounts;

/**
 * The emulator in this process.
 */
final class EmbeddedEmulator implements Broker {

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder().build().start();

	@Override
	public int port() {
		return this.emulator.port();
	}

	@Override
	public void createQueue(String queue) {
		this.emulator.createQueue(queue);
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
