package dev.servicebus.listener.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.Outcome;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Counts what becomes of messages. All counters have the tag
 * {@code servicebus.listener.id}. Needs micrometer-core. Thread-safe.
 */
public final class ListenerMetrics implements ListenerMonitor {

	/** Settlements that were confirmed; tag {@code outcome}. */
	public static final String SETTLED = "servicebus.listener.settled";

	/**
	 * Calls of listeners that failed; tag {@code outcome}, what became of the message.
	 */
	public static final String FAILED = "servicebus.listener.failed";

	/** Settlements that were not confirmed; tag {@code outcome}, what was wanted. */
	public static final String SETTLEMENT_FAILED = "servicebus.listener.settlement.failed";

	/** Locks that were lost; tag {@code outcome} is {@code none}. */
	public static final String LOCK_LOST = "servicebus.listener.lock.lost";

	private static final String NONE = "none";

	private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	/**
	 * Counts in a registry.
	 */
	public ListenerMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void settled(String listenerId, ServiceBusReceivedMessage message, Disposition disposition) {
		count(SETTLED, listenerId, disposition.getClass().getSimpleName());
	}

	@Override
	public void handlingFailed(ListenerFailure failure, Outcome outcome) {
		count(FAILED, failure.listenerId(), outcome.getClass().getSimpleName());
	}

	@Override
	public void settlementFailed(String listenerId, ServiceBusReceivedMessage message, Disposition disposition,
			Throwable failure) {
		count(SETTLEMENT_FAILED, listenerId, disposition.getClass().getSimpleName());
	}

	@Override
	public void lockLost(String listenerId, ServiceBusReceivedMessage message, ServiceBusException failure) {
		count(LOCK_LOST, listenerId, NONE);
	}

	private void count(String name, String listenerId, String outcome) {
		this.counters.computeIfAbsent(new Key(name, listenerId, outcome), this::counter).increment();
	}

	private Counter counter(Key key) {
		return Counter.builder(key.name())
			.tag("servicebus.listener.id", key.listenerId())
			.tag("outcome", key.outcome())
			.register(this.registry);
	}

	private record Key(String name, String listenerId, String outcome) {

	}

}
