package dev.servicebus.benchmarks.scenario.lock;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.scenario.Namespace;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import dev.servicebus.benchmarks.scenario.Side;
import dev.servicebus.client.LockRenewal;
import dev.servicebus.client.LockRenewalOptions;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Our client renews the locks by itself when half of their time has passed. Measured from
 * the moment at which all renewals are armed until each lock was renewed once; the
 * waiting costs time but hardly any processor time.
 *
 * @param namespace what holds the locks
 */
record OwnAutomaticRenewals(Namespace namespace) implements Side {

	/** The shortest that there is. */
	private static final int MIN_LOCK_SECONDS = 5;

	/** A busy machine still receives as many within a second of the lock. */
	private static final int MESSAGES_PER_SECOND = 2_000;

	private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(100);

	@Override
	public String name() {
		return "ours";
	}

	@Override
	public Measurement run(int messages) {
		Duration lock = Duration.ofSeconds(MIN_LOCK_SECONDS + messages / MESSAGES_PER_SECOND);
		String queue = this.namespace.createQueue((settings) -> settings.lockDuration(lock));
		try (OwnMessages held = OwnMessages.receive(this.namespace.connectionString(), queue, messages)) {
			List<OffsetDateTime> lockedUntil = held.all().stream().map(ServiceBusReceivedMessage::lockedUntil).toList();
			List<LockRenewal> renewals = new ArrayList<>(messages);
			held.all()
				.forEach((message) -> renewals.add(held.receiver().keepLocked(message, LockRenewalOptions.DEFAULTS)));
			// When this is answered, all of them are armed.
			held.receiver().renewLock(held.all().get(0));
			System.gc();
			Meter meter = Meter.start();
			for (int i = 0; i < messages; i++) {
				await(held.all().get(i), lockedUntil.get(i), renewals.get(i));
			}
			return Measurement.of(meter.usedFor(messages));
		}
		finally {
			this.namespace.deleteQueue(queue);
		}
	}

	private static void await(ServiceBusReceivedMessage message, OffsetDateTime before, LockRenewal renewal) {
		while (before.equals(message.lockedUntil())) {
			if (!renewal.isActive()) {
				throw new RoundFailedException("a lock was lost: " + renewal.failure(), renewal.failure());
			}
			LockSupport.parkNanos(LOOK_EVERY);
		}
	}

}
