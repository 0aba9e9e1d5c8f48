package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.listener.ListenerState;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ListenerStateTests {

	private final ContainerFixture fixture = new ContainerFixture();

	private final CompletableFuture<Void> end = new CompletableFuture<>();

	private final ServiceBusListenerContainer container = this.fixture.options((options) -> options.concurrency(2))
		.container((message, context) -> context.settleAfter(this.end));

	@Test
	void containerThatIsNotStartedDoesNothing() {
		this.container.pause();
		assertThat(this.container.state()).isEqualTo(ListenerState.stopped("orders", true, null));
	}

	@Test
	void containerReceivesWhenItsSourceDoes() {
		this.container.start();
		assertThat(this.container.state())
			.isEqualTo(new ListenerState("orders", true, false, false, null, null, 0, 0, 2, null, null));
		source().listener().onReady();
		assertThat(this.container.state().receiving()).isTrue();
		MessagingEntityNotFoundException failure = new MessagingEntityNotFoundException(
				ErrorContext.of("attach", "orders"));
		source().fail(failure);
		assertThat(this.container.state().receiving()).isFalse();
		assertThat(this.container.state().failure()).isSameAs(failure);
		source().listener().onReady();
		this.container.pause();
		assertThat(this.container.state().receiving()).isTrue();
		assertThat(this.container.state().paused()).isTrue();
		assertThat(this.container.state().failure()).isNull();
	}

	@Test
	void stuckListenerShowsInTheAgeOfItsMessage() {
		this.container.start();
		this.fixture.advance(Duration.ofMinutes(1));
		this.fixture.handle("stuck");
		this.fixture.advance(Duration.ofMinutes(5));
		this.fixture.handle("later");
		this.fixture.advance(Duration.ofMinutes(2));
		ListenerState state = this.container.state();
		assertThat(state.inFlight()).isEqualTo(2);
		assertThat(state.sinceLastMessage()).isEqualTo(Duration.ofMinutes(2));
		assertThat(state.oldestInFlight()).isEqualTo(Duration.ofMinutes(7));
		this.end.complete(null);
		assertThat(this.container.state().inFlight()).isZero();
		assertThat(this.container.state().oldestInFlight()).isNull();
		assertThat(this.container.state().sinceLastMessage()).isEqualTo(Duration.ofMinutes(2));
	}

	@Test
	void messageCountsUntilItsSettlementIsConfirmed() {
		this.container.start();
		source().holdConfirmations();
		source().publish(FakeClient.message("a"));
		this.fixture.executor.runAll();
		this.end.complete(null);
		assertThat(this.container.state().inFlight()).isEqualTo(1);
		source().confirm();
		assertThat(this.container.state().inFlight()).isZero();
	}

	private FakeSource source() {
		return this.fixture.client.source();
	}

}
