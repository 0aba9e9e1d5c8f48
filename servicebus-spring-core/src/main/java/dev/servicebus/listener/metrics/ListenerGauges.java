package dev.servicebus.listener.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.ListenerState;

/**
 * Shows what listeners are doing. All gauges have the tag {@code servicebus.listener.id},
 * and are there from the first start of a listener until it is removed. What is not known
 * is {@code NaN}. Needs micrometer-core. Thread-safe.
 */
public final class ListenerGauges implements ListenerMonitor {

	/** How many messages the listener has that are not settled and confirmed. */
	public static final String IN_FLIGHT = "servicebus.listener.in.flight";

	/** How many messages it handles at once at present, at most. */
	public static final String CONCURRENCY = "servicebus.listener.concurrency";

	/** 1 while it can receive, 0 while it cannot. */
	public static final String RECEIVING = "servicebus.listener.receiving";

	/** With how many messages it seems to be stuck. */
	public static final String STUCK = "servicebus.listener.stuck";

	/** How long ago the last message came, in seconds. */
	public static final String LAST_DELIVERY_AGE = "servicebus.listener.last.delivery.age";

	/** How long ago the oldest message came that it has, in seconds. */
	public static final String OLDEST_IN_FLIGHT_AGE = "servicebus.listener.oldest.in.flight.age";

	private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

	private final Map<String, List<Meter>> meters = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	private final Function<String, @Nullable ListenerState> states;

	/**
	 * Makes gauges.
	 * @param registry has them
	 * @param states tells the state of a listener by its id, {@code null} for one that is
	 * not there any more; called whenever the registry wants a value
	 */
	public ListenerGauges(MeterRegistry registry, Function<String, @Nullable ListenerState> states) {
		this.registry = registry;
		this.states = states;
	}

	@Override
	public void started(String listenerId) {
		this.meters.computeIfAbsent(listenerId, this::register);
	}

	@Override
	public void stopped(String listenerId, int unfinished) {
		if (this.states.apply(listenerId) == null) {
			List<Meter> registered = this.meters.remove(listenerId);
			if (registered != null) {
				registered.forEach(this.registry::remove);
			}
		}
	}

	private List<Meter> register(String listenerId) {
		List<Meter> registered = new ArrayList<>();
		registered.add(gauge(listenerId, IN_FLIGHT, "messages", ListenerState::inFlight));
		registered.add(gauge(listenerId, CONCURRENCY, null, ListenerState::concurrency));
		registered.add(gauge(listenerId, RECEIVING, null, (state) -> state.receiving() ? 1 : 0));
		registered.add(gauge(listenerId, STUCK, "messages", ListenerState::stuck));
		registered.add(gauge(listenerId, LAST_DELIVERY_AGE, "seconds", (state) -> seconds(state.sinceLastMessage())));
		registered.add(gauge(listenerId, OLDEST_IN_FLIGHT_AGE, "seconds", (state) -> seconds(state.oldestInFlight())));
		return registered;
	}

	private Meter gauge(String listenerId, String name, @Nullable String unit, ToDoubleFunction<ListenerState> value) {
		return Gauge.builder(name, () -> {
			ListenerState state = this.states.apply(listenerId);
			return (state != null) ? value.applyAsDouble(state) : Double.NaN;
		}).tag("servicebus.listener.id", listenerId).baseUnit(unit).register(this.registry);
	}

	private static double seconds(@Nullable Duration duration) {
		return (duration != null) ? duration.toNanos() / NANOS_PER_SECOND : Double.NaN;
	}

}
