package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.servicebus.emulator.time.BrokerTimer;
import dev.servicebus.emulator.time.BrokerTimers;
import org.jspecify.annotations.Nullable;

/**
 * Notices when nobody has used an entity for some time. A use only takes a note; the
 * timer looks at it when it runs.
 */
final class IdleWatch {

	private final BrokerTimers timers;

	private final BooleanSupplier busy;

	private final Runnable whenIdle;

	private Duration limit = EntityOptions.FOREVER;

	private long lastUse;

	private @Nullable BrokerTimer timer;

	/**
	 * Creates a watch that does nothing yet.
	 * @param timers the broker's time
	 * @param busy whether somebody uses the entity without calling it
	 * @param whenIdle what to do about an idle entity
	 */
	IdleWatch(BrokerTimers timers, BooleanSupplier busy, Runnable whenIdle) {
		this.timers = timers;
		this.busy = busy;
		this.whenIdle = whenIdle;
	}

	/**
	 * Notices from now on when the entity is idle for this long.
	 * @param newLimit {@link EntityOptions#FOREVER} to notice nothing
	 */
	void start(Duration newLimit) {
		stop();
		this.limit = newLimit;
		if (!newLimit.equals(EntityOptions.FOREVER)) {
			this.lastUse = this.timers.now();
			setTimer();
		}
	}

	void used() {
		if (this.timer != null) {
			this.lastUse = this.timers.now();
		}
	}

	void stop() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	private void setTimer() {
		this.timer = this.timers.schedule(this.lastUse + this.limit.toMillis(), this::look);
	}

	private void look() {
		if (this.busy.getAsBoolean()) {
			used();
		}
		if (this.lastUse + this.limit.toMillis() > this.timers.now()) {
			setTimer();
		}
		else {
			this.timer = null;
			this.whenIdle.run();
		}
	}

}
