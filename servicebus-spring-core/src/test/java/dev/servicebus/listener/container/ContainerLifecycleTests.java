package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerStartupException;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.listener.StartupPolicy;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Starting, pausing and stopping containers.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ContainerLifecycleTests {

	private final ContainerFixture fixture = new ContainerFixture();

	private final AtomicInteger stopped = new AtomicInteger();

	@Test
	void startOpensTheSourceWithTheOptionsOfTheContainer() {
		this.fixture.options((options) -> options.concurrency(3).prefetch(7).maxLockRenewal(Duration.ofMinutes(2)))
			.start((message, context) -> {
			});
		FakeSource source = this.fixture.client.source();
		assertThat(source.options())
			.isEqualTo(ReceiverOptions.queue("orders").withPrefetch(7).withMaxLockRenewal(Duration.ofMinutes(2)));
		assertThat(source.demand()).isEqualTo(3);
	}

	@Test
	void idleContainerAsksForNoThread() {
		this.fixture.start((message, context) -> {
		});
		assertThat(this.fixture.executor.waiting()).isZero();
		assertThat(this.fixture.time.pending()).isZero();
		this.fixture.handle("order");
		assertThat(this.fixture.executor.waiting()).isZero();
		assertThat(this.fixture.time.pending()).isZero();
	}

	@Test
	void startIsHarmlessWhenRepeated() {
		ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
		});
		container.start();
		container.start();
		assertThat(this.fixture.client.sources()).hasSize(1);
	}

	@Test
	void stopReleasesWhatWasNotHandledAndCallsBackOnce() {
		this.fixture.options((options) -> options.prefetch(5));
		ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
		});
		container.start();
		FakeSource source = this.fixture.client.source();
		source.publish(FakeClient.message("one"));
		source.publish(FakeClient.message("two"));
		container.stop(this.stopped::incrementAndGet);
		this.fixture.executor.runAll();
		assertThat(source.dispositions()).containsExactly(new Disposition.Release(), new Disposition.Release());
		assertThat(source.isClosed()).isTrue();
		assertThat(this.stopped).hasValue(1);
		assertThat(container.isRunning()).isFalse();
		this.fixture.time.advance(Duration.ofHours(1));
		assertThat(this.stopped).hasValue(1);
		assertThat(this.fixture.monitor.events()).containsExactly("stopped 0");
	}

	@Test
	void messageThatArrivesWhileStoppingIsReleased() {
		ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
		});
		container.start();
		FakeSource source = this.fixture.client.source();
		source.holdConfirmations();
		source.publish(FakeClient.message("one"));
		container.stop(this.stopped::incrementAndGet);
		source.push(FakeClient.message("late"));
		this.fixture.executor.runAll();
		assertThat(source.dispositions()).containsExactly(new Disposition.Release(), new Disposition.Release());
		assertThat(this.stopped).hasValue(0);
		source.confirm();
		assertThat(this.stopped).hasValue(1);
	}

	@Test
	void stopAbandonsMessagesThatWaitForARetryAndTheirListenerIsNotCalledAgain() {
		AtomicInteger calls = new AtomicInteger();
		ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
			calls.incrementAndGet();
			throw new IllegalStateException("failed");
		});
		container.start();
		this.fixture.handle("order");
		container.stop(this.stopped::incrementAndGet);
		assertThat(this.stopped).hasValue(1);
		this.fixture.advance(Duration.ofHours(1));
		assertThat(calls).hasValue(1);
		assertThat(this.fixture.client.source().dispositions())
			.containsExactly(new Disposition.Abandon(Map.of("servicebus-retry-attempts", 1)));
	}

	@Test
	void failureDuringTheStopIsAbandonedInsteadOfRetried() {
		AtomicReference<ServiceBusListenerContainer> container = new AtomicReference<>();
		container.set(this.fixture.container((message, context) -> {
			container.get().stop(this.stopped::incrementAndGet);
			throw new IllegalStateException("failed");
		}));
		container.get().start();
		this.fixture.handle("order");
		assertThat(this.fixture.client.source().dispositions())
			.containsExactly(new Disposition.Abandon(Map.of("servicebus-retry-attempts", 1)));
		assertThat(this.stopped).hasValue(1);
	}

	@Test
	void stopInsideTheListenerReturnsAndTheMessageIsCompleted() {
		AtomicReference<ServiceBusListenerContainer> container = new AtomicReference<>();
		container.set(this.fixture.container((message, context) -> {
			container.get().stop();
			assertThat(container.get().isRunning()).isTrue();
		}));
		container.get().start();
		this.fixture.handle("order");
		assertThat(this.fixture.client.source().dispositions()).containsExactly(new Disposition.Complete());
		assertThat(container.get().isRunning()).isFalse();
	}

	@Test
	void stopWaitsForTheListenerAndForTheConfirmation() {
		List<String> order = new ArrayList<>();
		AtomicReference<ServiceBusListenerContainer> container = new AtomicReference<>();
		container.set(this.fixture.container((message, context) -> {
			context.settlement().complete();
			container.get().stop(() -> order.add("stopped"));
			order.add("returned");
		}));
		container.get().start();
		this.fixture.client.source().holdConfirmations();
		this.fixture.handle("order");
		assertThat(order).containsExactly("returned");
		this.fixture.client.source().confirm();
		assertThat(order).containsExactly("returned", "stopped");
	}

	@Test
	void shutdownTimeoutGivesBackWhatTheListenerStillHasAndDiscardsItsResult() {
		this.fixture.options((options) -> options.shutdownTimeout(Duration.ofSeconds(10)));
		AtomicReference<ServiceBusListenerContainer> container = new AtomicReference<>();
		List<Boolean> lost = new ArrayList<>();
		container.set(this.fixture.container((message, context) -> {
			container.get().stop(this.stopped::incrementAndGet);
			this.fixture.time.advance(Duration.ofMillis(9_999));
			lost.add(context.isLockLost());
			assertThat(this.stopped).hasValue(0);
			this.fixture.time.advance(Duration.ofMillis(1));
			assertThat(this.stopped).hasValue(1);
			lost.add(context.isLockLost());
			assertThat(Thread.currentThread().isInterrupted()).isFalse();
		}));
		container.get().start();
		this.fixture.handle("order");
		FakeSource source = this.fixture.client.source();
		assertThat(lost).containsExactly(false, true);
		assertThat(source.dispositions()).containsExactly(new Disposition.Release());
		assertThat(this.fixture.monitor.events()).containsExactly("stopped 1", "resultDiscarded");
		assertThat(this.stopped).hasValue(1);
	}

	@Test
	void stopOfAContainerThatIsNotRunningCallsBack() {
		ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
		});
		container.stop(this.stopped::incrementAndGet);
		container.start();
		container.stop(this.stopped::incrementAndGet);
		container.stop(this.stopped::incrementAndGet);
		assertThat(this.stopped).hasValue(3);
	}

	@Test
	void startAfterStopReceivesAgainFromANewSource() {
		List<String> bodies = new ArrayList<>();
		ServiceBusListenerContainer container = this.fixture
			.container((message, context) -> bodies.add(message.bodyAsString()));
		for (int i = 0; i < 3; i++) {
			container.start();
			assertThat(container.isRunning()).isTrue();
			this.fixture.handle("order " + i);
			container.stop();
			assertThat(container.isRunning()).isFalse();
		}
		assertThat(bodies).containsExactly("order 0", "order 1", "order 2");
		assertThat(this.fixture.client.sources()).hasSize(3).allMatch(FakeSource::isClosed);
	}

	@Test
	void stopOfARestartedContainerAlsoWaitsForTheRunBefore() {
		ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
		});
		container.start();
		FakeSource first = this.fixture.client.source();
		first.holdConfirmations();
		this.fixture.handle("order");
		container.stop(this.stopped::incrementAndGet);
		container.start();
		container.stop(this.stopped::incrementAndGet);
		assertThat(this.stopped).hasValue(0);
		first.confirm();
		assertThat(this.stopped).hasValue(2);
	}

	@Test
	void pausedContainerAsksForNothingButHandlesWhatIsOnItsWay() {
		List<String> bodies = new ArrayList<>();
		ServiceBusListenerContainer container = this.fixture
			.container((message, context) -> bodies.add(message.bodyAsString()));
		container.start();
		FakeSource source = this.fixture.client.source();
		container.pause();
		assertThat(container.isPaused()).isTrue();
		assertThat(source.demand()).isZero();
		source.push(FakeClient.message("on its way"));
		this.fixture.handle("order");
		assertThat(bodies).containsExactly("on its way");
		container.resume();
		this.fixture.executor.runAll();
		assertThat(bodies).containsExactly("on its way", "order");
	}

	@Test
	void pauseHoldsForTheNextStart() {
		ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
		});
		container.pause();
		container.start();
		assertThat(this.fixture.client.source().demand()).isZero();
		container.resume();
		assertThat(this.fixture.client.source().demand()).isEqualTo(1);
	}

	@Test
	void everythingThatWasDeletedFromTheEntityIsHandledEvenWhileStopping() {
		List<String> bodies = new ArrayList<>();
		this.fixture.options((options) -> options.settlement(SettlementMode.RECEIVE_AND_DELETE).concurrency(2));
		ServiceBusListenerContainer container = this.fixture
			.container((message, context) -> bodies.add(message.bodyAsString()));
		container.start();
		FakeSource source = this.fixture.client.source();
		assertThat(source.options().receiveMode()).isEqualTo(ReceiveMode.RECEIVE_AND_DELETE);
		source.publish(FakeClient.message("one"));
		source.publish(FakeClient.message("two"));
		container.stop(this.stopped::incrementAndGet);
		source.push(FakeClient.message("late"));
		assertThat(this.stopped).hasValue(0);
		this.fixture.executor.runAll();
		assertThat(bodies).containsExactly("one", "two", "late");
		assertThat(this.stopped).hasValue(1);
	}

	@Test
	void containerThatMustReceiveFailsItsStartWithTheReason() {
		ServiceBusListenerContainer container = startingWith((listener) -> listener
			.onFailure(new MessagingEntityNotFoundException(ErrorContext.of("attach", "orders"))));
		assertThatExceptionOfType(ListenerStartupException.class).isThrownBy(container::start)
			.withMessageContaining("Listener 'orders'")
			.withMessageContaining("attach on 'orders'")
			.withCauseInstanceOf(MessagingEntityNotFoundException.class);
		assertThat(container.isRunning()).isFalse();
	}

	@Test
	void containerThatMustReceiveStartsWhenItDoes() {
		ServiceBusListenerContainer container = startingWith(MessageSource.Listener::onReady);
		container.start();
		assertThat(container.isRunning()).isTrue();
	}

	@Test
	void containerThatMustReceiveFailsItsStartWhenItsTimeIsOver() {
		this.fixture
			.options((options) -> options.startupPolicy(StartupPolicy.FAIL).startupTimeout(Duration.ofMillis(1)));
		ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
		});
		assertThatExceptionOfType(ListenerStartupException.class).isThrownBy(container::start)
			.withMessageContaining("startupTimeout of PT0.001S");
		assertThat(container.isRunning()).isFalse();
	}

	@Test
	void outageIsReportedAndTheContainerKeepsRunning() {
		ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
		});
		container.start();
		this.fixture.client.source().fail(new MessagingEntityNotFoundException(ErrorContext.of("attach", "orders")));
		assertThat(container.failure()).isInstanceOf(MessagingEntityNotFoundException.class);
		this.fixture.client.source().listener().onReady();
		assertThat(container.isRunning()).isTrue();
		assertThat(container.failure()).isNull();
		assertThat(this.fixture.monitor.events()).containsExactly("receiveFailed", "receiving");
	}

	private ServiceBusListenerContainer startingWith(Consumer<MessageSource.Listener> attach) {
		MessagingClient attaching = new FakeClient() {

			@Override
			public MessageSource open(ReceiverOptions options, MessageSource.Listener listener) {
				MessageSource source = super.open(options, listener);
				attach.accept(listener);
				return source;
			}

		};
		ListenerDefinition definition = new ListenerDefinition("orders", ListenerTarget.queue("orders"),
				(message, context) -> {
				}, ErrorHandler.PROPOSED, ListenerOptions.builder().startupPolicy(StartupPolicy.FAIL).build());
		return new ServiceBusListenerContainer(definition, new ContainerServices(attaching, this.fixture.executor,
				this.fixture.time, RandomGenerator.getDefault(), this.fixture.monitor));
	}

}
