package dev.servicebus.listener.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ListenerMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ListenerMetrics metrics = new ListenerMetrics(this.registry);

	private final ServiceBusReceivedMessage message = FakeClient.message("order");

	@Test
	void settlementsAreCountedByTheirOutcome() {
		for (Disposition disposition : List.of(new Disposition.Complete(), new Disposition.Complete(),
				new Disposition.Abandon(Map.of()), new Disposition.DeadLetter("bad", "very bad", Map.of()))) {
			this.metrics.settled("orders", this.message, disposition);
		}
		this.metrics.settled("invoices", this.message, new Disposition.Complete());
		assertThat(count(ListenerMetrics.SETTLED, "orders", "Complete")).isEqualTo(2);
		assertThat(count(ListenerMetrics.SETTLED, "orders", "Abandon")).isEqualTo(1);
		assertThat(count(ListenerMetrics.SETTLED, "orders", "DeadLetter")).isEqualTo(1);
		assertThat(count(ListenerMetrics.SETTLED, "invoices", "Complete")).isEqualTo(1);
	}

	@Test
	void failuresAreCountedByWhatBecomesOfTheMessage() {
		ListenerFailure failure = new ListenerFailure("orders", this.message, new IllegalStateException(), 1,
				Outcome.abandon());
		this.metrics.handlingFailed(failure, Outcome.abandon());
		this.metrics.handlingFailed(failure, Outcome.reply("sorry"));
		assertThat(count(ListenerMetrics.FAILED, "orders", "Abandon")).isEqualTo(1);
		assertThat(count(ListenerMetrics.FAILED, "orders", "Reply")).isEqualTo(1);
	}

	@Test
	void settlementsWithoutConfirmationAreCountedByWhatWasWanted() {
		this.metrics.settlementFailed("orders", this.message, new Disposition.Complete(),
				new UnknownOutcomeException(ErrorContext.of("settle", "orders")));
		assertThat(count(ListenerMetrics.SETTLEMENT_FAILED, "orders", "Complete")).isEqualTo(1);
	}

	@Test
	void lostLocksAreCounted() {
		this.metrics.lockLost("orders", this.message, new MessageLockLostException(ErrorContext.of("renew", "orders")));
		this.metrics.lockLost("orders", this.message, new MessageLockLostException(ErrorContext.of("renew", "orders")));
		assertThat(count(ListenerMetrics.LOCK_LOST, "orders", "none")).isEqualTo(2);
	}

	@Test
	void tagsAreTheListenerAndTheOutcomeOnly() {
		this.metrics.settled("orders", this.message, new Disposition.Complete());
		assertThat(this.registry.getMeters()).singleElement()
			.satisfies((meter) -> assertThat(meter.getId().getTags()).extracting("key")
				.containsExactlyInAnyOrder("servicebus.listener.id", "outcome"));
	}

	private double count(String name, String listenerId, String outcome) {
		Counter counter = this.registry.get(name)
			.tag("servicebus.listener.id", listenerId)
			.tag("outcome", outcome)
			.counter();
		return counter.count();
	}

}
