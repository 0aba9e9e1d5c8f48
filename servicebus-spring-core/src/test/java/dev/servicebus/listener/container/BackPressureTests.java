package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.listener.BackPressure;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Listeners ask for no more than back pressure lets them.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class BackPressureTests {

	private final Valve valve = new Valve();

	private final ContainerFixture fixture = new ContainerFixture().backPressure(this.valve)
		.options((options) -> options.concurrency(8));

	private final ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
		if (message.bodyAsString().equals("bad")) {
			throw new IllegalStateException("no stock");
		}
	});

	@Test
	void demandIsLimitedAndReleased() {
		this.valve.initial = 3;
		this.container.start();
		assertThat(source().demand()).isEqualTo(3);
		this.valve.limit.accept(0);
		assertThat(source().demand()).isZero();
		source().publish(FakeClient.message("waits"));
		assertThat(this.fixture.executor.waiting()).isZero();
		this.valve.limit.accept(100);
		assertThat(source().demand()).isEqualTo(8);
		this.fixture.executor.runAll();
		assertThat(source().settled()).hasSize(1);
	}

	@Test
	void withoutACallThereIsNoLimit() {
		this.container.start();
		assertThat(source().demand()).isEqualTo(8);
	}

	@Test
	void messagesThatWaitForTheirRetryDoNotLiftTheLimit() {
		this.valve.initial = 2;
		this.container.start();
		this.fixture.handle("bad");
		this.fixture.handle("bad");
		assertThat(source().demand()).isEqualTo(2);
		assertThat(this.container.state().inFlight()).isEqualTo(2);
	}

	@Test
	void pauseHoldsWhateverTheLimit() {
		this.container.start();
		this.container.pause();
		this.valve.limit.accept(5);
		assertThat(source().demand()).isZero();
		this.container.resume();
		assertThat(source().demand()).isEqualTo(5);
	}

	@Test
	void limitOfAContainerThatHasStoppedHasNoEffect() {
		this.container.start();
		IntConsumer first = this.valve.limit;
		this.container.stop();
		assertThat(this.valve.ended).containsExactly(first);
		this.container.start();
		first.accept(1);
		assertThat(source().demand()).isEqualTo(8);
		assertThat(this.valve.limit).isNotSameAs(first);
	}

	@Test
	void backPressureThatThrowsStopsTheStartAndNothingIsLeft() {
		ServiceBusListenerContainer failing = this.fixture.backPressure((listenerId, limit) -> {
			throw new IllegalStateException("no budget");
		}).container((message, context) -> {
		});
		assertThatIllegalStateException().isThrownBy(failing::start).withMessage("no budget");
		assertThat(failing.isRunning()).isFalse();
		assertThat(source().isClosed()).isTrue();
	}

	@Test
	void backPressureThatThrowsAtTheEndDoesNotHinderTheStop() {
		this.valve.failsAtTheEnd = true;
		this.container.start();
		this.container.stop();
		assertThat(this.container.isRunning()).isFalse();
		this.fixture.advance(Duration.ofSeconds(1));
	}

	private FakeSource source() {
		return this.fixture.client.source();
	}

	private static final class Valve implements BackPressure {

		private final List<IntConsumer> ended = new ArrayList<>();

		private IntConsumer limit;

		private int initial = -1;

		private boolean failsAtTheEnd;

		@Override
		public void begin(String listenerId, IntConsumer newLimit) {
			assertThat(listenerId).isEqualTo("orders");
			this.limit = newLimit;
			if (this.initial >= 0) {
				newLimit.accept(this.initial);
			}
		}

		@Override
		public void end(String listenerId, IntConsumer oldLimit) {
			this.ended.add(oldLimit);
			if (this.failsAtTheEnd) {
				throw new IllegalStateException("stuck valve");
			}
		}

	}

}
