package dev.servicebus.boot.autoconfigure.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.emulator.fault.FiredFault;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.event.ListenerEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a container does by the clock, in virtual time.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ContainerTimingTests {

	private final VirtualTime time = new VirtualTime();

	private final ListenerApplication application = this.time.application(Orders.class);

	@Test
	void concurrencyGrowsWithTheLoadAndShrinksWithoutIt() {
		this.application.with("servicebus.listeners.orders.concurrency=1-4").run((application) -> {
			Orders orders = application.bean(Orders.class);
			ServiceBusListenerContainer container = application.container("orders");
			orders.takeTime();
			this.time.send(application, "orders", IntStream.range(0, 200).boxed().toArray());
			assertThat(container.currentConcurrency()).isOne();
			for (int i = 0; i < 60; i++) {
				orders.endAll();
				this.time.run();
			}
			assertThat(container.currentConcurrency()).isEqualTo(4);
			assertThat(orders.most).isEqualTo(4);
			for (int i = 0; i < 200; i++) {
				orders.endAll();
				this.time.run();
			}
			assertThat(application.messages("orders")).isEmpty();
			this.time.advance(Duration.ofSeconds(2));
			assertThat(container.currentConcurrency()).isOne();
		});
	}

	@Test
	void idleListenerIsReportedOnceAndSoIsItsNextMessage() {
		this.application.with("servicebus.listener.idle-event-interval=1m").run((application) -> {
			Orders orders = application.bean(Orders.class);
			this.time.advance(Duration.ofSeconds(50));
			assertThat(orders.events).containsExactly("Started", "Receiving");
			this.time.advance(Duration.ofMinutes(10));
			assertThat(orders.events).containsExactly("Started", "Receiving", "Idle");
			this.time.send(application, "orders", 1);
			assertThat(orders.events).containsExactly("Started", "Receiving", "Idle", "Active");
			this.time.advance(Duration.ofMinutes(10));
			assertThat(orders.events).containsExactly("Started", "Receiving", "Idle", "Active", "Idle");
		});
	}

	@Test
	void listenerThatCannotReceiveTriesLessAndLessOftenAndReceivesAgain() {
		this.application.run((application) -> {
			this.time.run();
			application.emulator().faults().onAttachReceiver("orders").always().refuse(FaultError.internalError());
			application.emulator().faults().detachLinks("orders", FaultError.detachForced());
			this.time.advance(Duration.ofMinutes(10));
			assertThat(application.bean(Orders.class).events).containsExactly("Started", "Receiving", "Failed");
			assertThat(application.container("orders").isRunning()).isTrue();
			List<FiredFault> attempts = application.emulator().faults().log();
			Duration first = Duration.between(attempts.get(0).at(), attempts.get(1).at());
			Duration last = Duration.between(attempts.get(attempts.size() - 2).at(),
					attempts.get(attempts.size() - 1).at());
			assertThat(last).isGreaterThan(first.multipliedBy(4)).isLessThan(Duration.ofMinutes(2));
			application.emulator().faults().clear();
			this.time.advance(Duration.ofMinutes(2));
			this.time.send(application, "orders", 1);
			assertThat(application.bean(Orders.class).handled).containsExactly(1);
			assertThat(application.bean(Orders.class).events).containsExactly("Started", "Receiving", "Failed",
					"Receiving");
		});
	}

	@Test
	void linkThatTheBrokerHasLostWithoutAWordIsFoundAndReplaced() {
		this.application.run((application) -> {
			this.time.advance(Duration.ofMinutes(1));
			application.emulator().faults().forgetLinks("orders");
			this.time.send(application, "orders", 1);
			assertThat(application.bean(Orders.class).handled).isEmpty();
			this.time.advance(Duration.ofSeconds(45));
			assertThat(application.bean(Orders.class).handled).containsExactly(1);
			assertThat(application.container("orders").state().sinceLastMessage()).isLessThan(Duration.ofSeconds(45));
		});
	}

	@Test
	void handlerThatTakesLongShowsInTheStateOfItsContainer() {
		this.application.run((application) -> {
			application.bean(Orders.class).takeTime();
			this.time.send(application, "orders", 1);
			this.time.advance(Duration.ofMinutes(20));
			assertThat(application.container("orders").state().inFlight()).isOne();
			assertThat(application.container("orders").state().oldestInFlight()).isBetween(Duration.ofMinutes(20),
					Duration.ofMinutes(21));
		});
	}

	static class Orders {

		final List<String> events = new ArrayList<>();

		final List<Integer> handled = new ArrayList<>();

		private List<CompletableFuture<Void>> unfinished = new ArrayList<>();

		private boolean slow;

		int most;

		@ServiceBusListener(id = "orders", queue = "orders")
		CompletableFuture<Void> handle(int number) {
			this.handled.add(number);
			CompletableFuture<Void> end = new CompletableFuture<>();
			this.unfinished.add(end);
			this.most = Math.max(this.most, this.unfinished.size());
			if (!this.slow) {
				endAll();
			}
			return end;
		}

		@EventListener
		void on(ListenerEvent event) {
			this.events.add(event.getClass().getSimpleName());
		}

		/** From now on, messages end with {@link #endAll()}. */
		void takeTime() {
			this.slow = true;
		}

		void endAll() {
			List<CompletableFuture<Void>> ending = this.unfinished;
			this.unfinished = new ArrayList<>();
			ending.forEach((end) -> end.complete(null));
		}

	}

}
