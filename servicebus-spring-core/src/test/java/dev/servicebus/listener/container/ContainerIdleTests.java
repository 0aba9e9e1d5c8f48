package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Containers that have nothing to do say so.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ContainerIdleTests {

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private final ContainerFixture fixture = new ContainerFixture()
		.options((options) -> options.idleEventInterval(INTERVAL));

	@Test
	void quietContainerIsReportedOnceAndItsNextMessageEndsThat() {
		this.fixture.start((message, context) -> {
		});
		this.fixture.advance(INTERVAL.multipliedBy(5));
		assertThat(this.fixture.monitor.events()).containsExactly("idle");
		this.fixture.handle("order");
		assertThat(this.fixture.monitor.events()).containsExactly("idle", "active");
		this.fixture.advance(INTERVAL);
		assertThat(this.fixture.monitor.events()).containsExactly("idle", "active");
		this.fixture.advance(INTERVAL);
		assertThat(this.fixture.monitor.events()).containsExactly("idle", "active", "idle");
	}

	@Test
	void containerWithABusyListenerIsNotIdle() {
		CompletableFuture<Void> end = new CompletableFuture<>();
		this.fixture.start((message, context) -> context.settleAfter(end));
		this.fixture.handle("order");
		this.fixture.advance(INTERVAL.multipliedBy(5));
		assertThat(this.fixture.monitor.events()).isEmpty();
		end.complete(null);
		this.fixture.advance(INTERVAL);
		assertThat(this.fixture.monitor.events()).containsExactly("idle");
	}

	@Test
	void stoppedContainerReportsNothing() {
		ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
		});
		container.start();
		container.stop();
		this.fixture.advance(INTERVAL.multipliedBy(5));
		assertThat(this.fixture.monitor.events()).containsExactly("stopped 0");
	}

	@Test
	void withoutAnIntervalNothingIsReported() {
		this.fixture.options((options) -> options).start((message, context) -> {
		});
		this.fixture.advance(INTERVAL.multipliedBy(5));
		assertThat(this.fixture.monitor.events()).isEmpty();
	}

}
