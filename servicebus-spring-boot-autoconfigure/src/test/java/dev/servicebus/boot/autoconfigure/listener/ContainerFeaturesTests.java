package dev.servicebus.boot.autoconfigure.listener;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How many messages a listener takes from the broker, and how many it handles at once.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ContainerFeaturesTests {

	private final ListenerApplication application = ListenerApplication.of(Orders.class);

	@Test
	void prefetchedMessagesWaitInTheApplicationAndTheOthersAtTheBroker() {
		this.application.with("servicebus.listeners.orders.prefetch=3").run((application) -> {
			sendMany(application, 10);
			await().until(() -> application.locked("orders") == 4);
			turnstile(application).awaitBegun(1);
			turnstile(application).open();
			application.awaitMessages("orders", 0);
			assertThat(turnstile(application).most()).isOne();
		});
	}

	@Test
	void withoutPrefetchTheBrokerKeepsWhatTheListenerCannotHandleYet() {
		this.application.with("servicebus.listeners.orders.concurrency=2").run((application) -> {
			sendMany(application, 10);
			turnstile(application).awaitBegun(2);
			assertThat(application.locked("orders")).isEqualTo(2);
			assertThat(application.available("orders")).isEqualTo(8);
		});
	}

	@Test
	void asManyMessagesAreHandledAtOnceAsTheConcurrencySays() {
		this.application.with("servicebus.listeners.orders.concurrency=3").run((application) -> {
			sendMany(application, 20);
			turnstile(application).awaitBegun(3);
			turnstile(application).open();
			application.awaitMessages("orders", 0);
			assertThat(turnstile(application).most()).isEqualTo(3);
		});
	}

	@Test
	void concurrencyIsChangedWhileTheListenerRuns() {
		this.application.run((application) -> {
			sendMany(application, 10);
			turnstile(application).awaitBegun(1);
			application.container("orders").setConcurrency(Concurrency.of(4));
			turnstile(application).awaitBegun(4);
			assertThat(application.locked("orders")).isEqualTo(4);
		});
	}

	@Test
	void pausedListenerTakesNothingUntilItIsResumed() {
		this.application.run((application) -> {
			ServiceBusListenerContainer orders = application.container("orders");
			turnstile(application).open();
			await().until(() -> orders.state().receiving());
			orders.pause();
			application.send("orders", 1);
			assertThat(application.template().receive("orders", Integer.class, RunningApplication.PATIENCE))
				.isEqualTo(1);
			orders.stop();
			orders.start();
			application.send("orders", 2);
			assertThat(application.template().receive("orders", Integer.class, RunningApplication.PATIENCE))
				.isEqualTo(2);
			assertThat(orders.isPaused()).isTrue();
			assertThat(turnstile(application).begun()).isZero();
			orders.resume();
			application.send("orders", 3);
			turnstile(application).awaitBegun(1);
		});
	}

	private static void sendMany(RunningApplication application, int number) {
		application.send("orders", IntStream.range(0, number).boxed().toArray());
	}

	private static Turnstile turnstile(RunningApplication application) {
		return application.bean(Orders.class).turnstile;
	}

	static class Orders {

		final Turnstile turnstile = new Turnstile();

		@ServiceBusListener(id = "orders", queue = "orders", properties = "shutdownTimeout=0s")
		void handle(int number) throws InterruptedException {
			this.turnstile.pass();
		}

	}

}
