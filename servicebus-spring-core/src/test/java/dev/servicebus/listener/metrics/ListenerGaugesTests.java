package dev.servicebus.listener.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.listener.ListenerState;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ListenerGaugesTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private ListenerState state = new ListenerState("orders", true, false, true, null, null, 5, 1, 8,
			Duration.ofMillis(1500), Duration.ofMinutes(2));

	private final ListenerGauges gauges = new ListenerGauges(this.registry, (id) -> this.state);

	@Test
	void gaugesShowTheStateOfTheListener() {
		assertThat(this.registry.getMeters()).isEmpty();
		this.gauges.started("orders");
		assertThat(value(ListenerGauges.IN_FLIGHT)).isEqualTo(5);
		assertThat(value(ListenerGauges.STUCK)).isEqualTo(1);
		assertThat(value(ListenerGauges.CONCURRENCY)).isEqualTo(8);
		assertThat(value(ListenerGauges.RECEIVING)).isEqualTo(1);
		assertThat(value(ListenerGauges.LAST_DELIVERY_AGE)).isEqualTo(1.5);
		assertThat(value(ListenerGauges.OLDEST_IN_FLIGHT_AGE)).isEqualTo(120);
	}

	@Test
	void listenerThatIsStoppedShowsNothingInHandAndNoAges() {
		this.gauges.started("orders");
		this.state = ListenerState.stopped("orders", false, null);
		this.gauges.stopped("orders", 0);
		assertThat(value(ListenerGauges.RECEIVING)).isZero();
		assertThat(value(ListenerGauges.CONCURRENCY)).isZero();
		assertThat(value(ListenerGauges.LAST_DELIVERY_AGE)).isNaN();
		this.gauges.started("orders");
		assertThat(this.registry.getMeters()).as("the same as before").hasSize(6);
	}

	@Test
	void listenerThatIsRemovedTakesItsGaugesAlong() {
		this.gauges.started("orders");
		this.gauges.started("invoices");
		this.state = null;
		assertThat(value(ListenerGauges.IN_FLIGHT)).isNaN();
		this.gauges.stopped("orders", 0);
		assertThat(this.registry.getMeters()).hasSize(6)
			.allMatch((meter) -> "invoices".equals(meter.getId().getTag("servicebus.listener.id")));
	}

	private double value(String name) {
		Gauge gauge = this.registry.get(name).tag("servicebus.listener.id", "orders").gauge();
		return gauge.value();
	}

}
