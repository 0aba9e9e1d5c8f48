package dev.servicebus.listener.container;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many messages a container handles at once, and how that changes.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ContainerConcurrencyTests {

	private final ContainerFixture fixture = new ContainerFixture();

	private final List<CompletableFuture<Void>> handling = new ArrayList<>();

	private int ended;

	private final ServiceBusListenerContainer container = this.fixture
		.options((options) -> options.concurrency(new Concurrency(2, 4)))
		.container((message, context) -> {
			CompletableFuture<Void> end = new CompletableFuture<>();
			this.handling.add(end);
			context.settleAfter(end);
		});

	@Test
	void rangeBeginsAtItsLowerEnd() {
		FakeSource source = start();
		assertThat(source.demand()).isEqualTo(2);
		assertThat(this.container.currentConcurrency()).isEqualTo(2);
	}

	@Test
	void busyContainerGrowsToTheUpperEndAndNoFurther() {
		FakeSource source = start();
		keepBusy(source, 2 + ConcurrencyControl.PATIENCE);
		assertThat(source.demand()).isEqualTo(3);
		keepBusy(source, 10 * ConcurrencyControl.PATIENCE);
		assertThat(source.demand()).isEqualTo(4);
		assertThat(this.container.currentConcurrency()).isEqualTo(4);
	}

	@Test
	void containerWithoutWorkIsBackAtTheLowerEnd() {
		FakeSource source = start();
		keepBusy(source, 10 * ConcurrencyControl.PATIENCE);
		endAll();
		this.fixture.advance(ConcurrencyControl.REST);
		assertThat(source.demand()).isEqualTo(2);
		assertThat(this.container.currentConcurrency()).isEqualTo(2);
	}

	@Test
	void momentWithoutWorkIsNoReasonToShrink() {
		FakeSource source = start();
		keepBusy(source, 10 * ConcurrencyControl.PATIENCE);
		endAll();
		this.fixture.advance(ConcurrencyControl.REST.dividedBy(2));
		publish(source);
		this.fixture.advance(ConcurrencyControl.REST.multipliedBy(2));
		assertThat(this.container.currentConcurrency()).isEqualTo(4);
		endAll();
		this.fixture.advance(ConcurrencyControl.REST.dividedBy(2));
		assertThat(this.container.currentConcurrency()).isEqualTo(4);
	}

	@Test
	void handlersThatBeginAndEndTogetherAreBusyAllTheSame() {
		start();
		for (int round = 0; round < 3 * ConcurrencyControl.PATIENCE; round++) {
			for (int i = 0; i < 4; i++) {
				publish(this.fixture.client.source());
			}
			endAll();
		}
		assertThat(this.container.currentConcurrency()).isEqualTo(4);
	}

	@Test
	void messagesThatComeOneByOneDoNotMakeItGrow() {
		FakeSource source = start();
		for (int i = 0; i < 10 * ConcurrencyControl.PATIENCE; i++) {
			publish(source);
			endAll();
		}
		assertThat(this.container.currentConcurrency()).isEqualTo(2);
	}

	@Test
	void concurrencyIsChangedWhileItRuns() {
		FakeSource source = start();
		this.container.setConcurrency(Concurrency.of(5));
		assertThat(source.demand()).isEqualTo(5);
		for (int i = 0; i < 6; i++) {
			publish(source);
		}
		assertThat(this.handling).hasSize(5);
		this.container.setConcurrency(Concurrency.of(1));
		assertThat(source.demand()).isEqualTo(1);
		this.handling.get(0).complete(null);
		this.fixture.executor.runAll();
		assertThat(this.handling).hasSize(5);
		endAll();
		assertThat(this.handling).hasSize(6);
	}

	@Test
	void changedConcurrencyHoldsAfterARestart() {
		start();
		this.container.setConcurrency(Concurrency.of(7));
		this.container.stop();
		assertThat(this.container.currentConcurrency()).isZero();
		assertThat(start().demand()).isEqualTo(7);
	}

	private FakeSource start() {
		this.container.start();
		return this.fixture.client.source();
	}

	/** More messages wait all the time than can be handled. */
	private void keepBusy(FakeSource source, int messages) {
		for (int i = 0; i < messages; i++) {
			source.publish(FakeClient.message("order"));
		}
		this.fixture.executor.runAll();
		while (this.handling.size() - this.ended > this.container.currentConcurrency() - 1) {
			this.handling.get(this.ended++).complete(null);
			this.fixture.executor.runAll();
		}
	}

	private void publish(FakeSource source) {
		source.publish(FakeClient.message("order"));
		this.fixture.executor.runAll();
	}

	private void endAll() {
		for (int i = 0; i < this.handling.size(); i++) {
			this.handling.get(i).complete(null);
			this.fixture.executor.runAll();
		}
	}

}
