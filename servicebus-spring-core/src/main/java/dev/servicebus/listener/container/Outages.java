package dev.servicebus.listener.container;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.servicebus.client.ServiceBusException;

/**
 * Tells of the failures of several links as of one: an outage begins with the first of
 * them and ends with the last. Thread-safe.
 */
final class Outages {

	private final Set<Object> failing = ConcurrentHashMap.newKeySet();

	private final Intake.Listener listener;

	Outages(Intake.Listener listener) {
		this.listener = listener;
	}

	void failed(Object link, ServiceBusException failure) {
		boolean first = this.failing.isEmpty();
		if (this.failing.add(link) && first) {
			this.listener.onFailure(failure);
		}
	}

	/**
	 * The link works again, or does not exist any more.
	 */
	void over(Object link) {
		if (this.failing.remove(link)) {
			readyIfNoneFails();
		}
	}

	/**
	 * The link works, for the first time or again.
	 */
	void ready(Object link) {
		this.failing.remove(link);
		readyIfNoneFails();
	}

	private void readyIfNoneFails() {
		if (this.failing.isEmpty()) {
			this.listener.onReady();
		}
	}

}
