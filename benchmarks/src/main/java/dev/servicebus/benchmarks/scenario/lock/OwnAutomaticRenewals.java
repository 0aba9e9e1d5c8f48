package dev.servicebus.benchmarks.scenario.lock;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
 * the moment at which all renewals are armed until each lock was renewed several times;
 * the waiting costs time but hardly any processor time. The figures are for each renewal.
 *
 * @param namespace what holds the locks
 */
record OwnAutomaticRenewals(Namespace namespace) implements Side {

	/** The shortest that there is. */
	private static final int MIN_LOCK_SECONDS = 5;

	/** A busy machine still receives as many within a second of the lock. */
	private static final int MESSAGES_PER_SECOND = 5_000;

	/** A program that holds locks renews them again and again. */
	private static final int RENEWALS = 3;

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
			OffsetDateTime[] lockedUntil = held.all()
				.stream()
				.map(OwnAutomaticRenewals::lockedUntil)
				.toArray(OffsetDateTime[]::new);
			List<LockRenewal> renewals = new ArrayList<>(messages);
			held.all()
				.forEach((message) -> renewals.add(held.receiver().keepLocked(message, LockRenewalOptions.DEFAULTS)));
			// When this is answered, all of them are armed.
			held.receiver().renewLock(held.all().get(0));
			System.gc();
			Meter meter = Meter.start();
			for (int renewal = 0; renewal < RENEWALS; renewal++) {
				for (int i = 0; i < messages; i++) {
					lockedUntil[i] = await(held.all().get(i), lockedUntil[i], renewals.get(i));
				}
			}
			return Measurement.of(meter.usedFor(messages * RENEWALS));
		}
		finally {
			this.namespace.deleteQueue(queue);
		}
	}

	private static OffsetDateTime await(ServiceBusReceivedMessage message, OffsetDateTime before, LockRenewal renewal) {
		OffsetDateTime now = lockedUntil(message);
		while (before.equals(now)) {
			if (!renewal.isActive()) {
				throw new RoundFailedException("a lock was lost: " + renewal.failure(), renewal.failure());
			}
			LockSupport.parkNanos(LOOK_EVERY);
			now = lockedUntil(message);
		}
		return now;
	}

	private static OffsetDateTime lockedUntil(ServiceBusReceivedMessage message) {
		return Objects.requireNonNull(message.lockedUntil(), "lockedUntil");
	}

}
