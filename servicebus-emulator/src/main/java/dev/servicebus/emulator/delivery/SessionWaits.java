package dev.servicebus.emulator.delivery;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.time.BrokerTimer;
import dev.servicebus.emulator.time.BrokerTimers;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for a session, in the order in which they came.
 */
final class SessionWaits {

	private final Set<Wait> waits = new LinkedHashSet<>();

	private final BrokerTimers timers;

	SessionWaits(BrokerTimers timers) {
		this.timers = timers;
	}

	SessionWait add(long deadline, SessionApplicant applicant) {
		Wait wait = new Wait(applicant);
		this.waits.add(wait);
		wait.timer = this.timers.schedule(deadline, () -> {
			if (this.waits.remove(wait)) {
				applicant.refused(new BrokerException(BrokerError.TIMEOUT,
						"No session with messages became available within the time the receiver was ready to wait."));
			}
		});
		return wait;
	}

	boolean isEmpty() {
		return this.waits.isEmpty();
	}

	/**
	 * Takes the one who has waited longest; there must be one.
	 */
	SessionApplicant poll() {
		Iterator<Wait> first = this.waits.iterator();
		Wait wait = first.next();
		wait.cancel();
		return wait.applicant;
	}

	void refuseAll(BrokerException reason) {
		List<Wait> refused = new ArrayList<>(this.waits);
		refused.forEach(Wait::cancel);
		refused.forEach((wait) -> wait.applicant.refused(reason));
	}

	private final class Wait implements SessionWait {

		private final SessionApplicant applicant;

		private @Nullable BrokerTimer timer;

		Wait(SessionApplicant applicant) {
			this.applicant = applicant;
		}

		@Override
		public void cancel() {
			SessionWaits.this.waits.remove(this);
			if (this.timer != null) {
				this.timer.cancel();
			}
		}

	}

}
