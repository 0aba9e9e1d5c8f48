package dev.servicebus.emulator.delivery;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.time.BrokerTimer;
import dev.servicebus.emulator.time.BrokerTimers;
import org.jspecify.annotations.Nullable;

/**
 * The ids of messages that an entity has taken within its window, whatever has become of
 * the messages. Belongs to the broker's loop.
 */
public final class DuplicateHistory {

	/** When each id was taken, the earliest first. */
	private final Map<Object, Long> taken = new LinkedHashMap<>();

	private final BrokerTimers timers;

	private @Nullable BrokerTimer timer;

	public DuplicateHistory(BrokerTimers timers) {
		this.timers = timers;
	}

	/**
	 * Returns whether the message is the first of its id within the window, and remembers
	 * it if so. A message without id always is.
	 */
	public boolean admit(MessageContent message, Duration window) {
		Object id = message.messageId();
		if (id == null) {
			return true;
		}
		forgetBefore(this.timers.now() - window.toMillis());
		boolean first = this.taken.putIfAbsent(key(id), this.timers.now()) == null;
		if (first && this.timer == null) {
			setTimer(window);
		}
		return first;
	}

	/**
	 * How many ids are remembered.
	 */
	public int size() {
		return this.taken.size();
	}

	/**
	 * Forgets everything.
	 */
	public void clear() {
		this.taken.clear();
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	private void setTimer(Duration window) {
		long first = this.taken.values().iterator().next();
		this.timer = this.timers.schedule(first + window.toMillis(), () -> {
			this.timer = null;
			forgetBefore(this.timers.now() - window.toMillis());
			if (!this.taken.isEmpty()) {
				setTimer(window);
			}
		});
	}

	private void forgetBefore(long instant) {
		Iterator<Long> times = this.taken.values().iterator();
		while (times.hasNext() && times.next() <= instant) {
			times.remove();
		}
	}

	private static Object key(Object id) {
		return (id instanceof byte[] bytes) ? ByteBuffer.wrap(bytes) : id;
	}

}
