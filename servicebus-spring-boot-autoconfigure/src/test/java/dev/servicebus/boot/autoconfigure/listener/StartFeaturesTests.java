package dev.servicebus.boot.autoconfigure.listener;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.event.ListenerEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When listeners start and stop, and how they tell.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StartFeaturesTests {

	@Test
	void listenerThatDoesNotStartByItselfIsStartedLater() {
		ListenerApplication.of(Sleeping.class).run((application) -> {
			application.send("orders", "order");
			assertThat(application.container("orders").isRunning()).isFalse();
			assertThat(application.available("orders")).isOne();
			application.container("orders").start();
			assertThat(application.nextCall()).containsExactly("order");
		});
	}

	@Test
	void listenersStartAfterOtherBeansAndStopBeforeThem() {
		ListenerApplication.of(Orders.class, Neighbour.class).run((application) -> {
			Neighbour neighbour = application.bean(Neighbour.class);
			assertThat(neighbour.listenersRanAtItsStart).isFalse();
			assertThat(application.container("orders").isRunning()).isTrue();
			application.stop();
			assertThat(neighbour.listenersRanAtItsStop).isFalse();
		});
	}

	@Test
	void applicationThatIsStoppedAndStartedReceivesAgain() {
		ListenerApplication.of(Orders.class).run((application) -> {
			for (int i = 0; i < 3; i++) {
				application.send("orders", "order " + i);
				assertThat(application.nextCall()).containsExactly("order " + i);
				application.stop();
				assertThat(application.container("orders").isRunning()).isFalse();
				application.start();
			}
			application.awaitCompleted("orders");
		});
	}

	@Test
	void whatHappensToAListenerIsAnEvent() {
		ListenerApplication.of(Orders.class).run((application) -> {
			assertThat(next(application, 2)).containsExactly("Started orders", "Receiving orders");
			application.container("orders").pause();
			application.container("orders").resume();
			assertThat(next(application, 2)).containsExactly("Paused orders", "Resumed orders");
			application.send("orders", "bad");
			assertThat(next(application, 1)).containsExactly("HandlingFailed orders");
			application.deadLetter("orders");
			application.emulator().deleteQueue("orders");
			assertThat(next(application, 1)).containsExactly("Failed orders");
			application.emulator().createQueue("orders");
			assertThat(next(application, 1)).containsExactly("Receiving orders");
			application.container("orders").stop();
			assertThat(next(application, 1)).containsExactly("Stopped orders");
		});
	}

	@Test
	void listenerMayStopItsOwnContainer() {
		ListenerApplication.of(Stopping.class).run((application) -> {
			application.send("orders", 1, 2, 3);
			await().until(() -> !application.container("orders").isRunning());
			assertThat(application.bean(Stopping.class).turnstile.begun()).isOne();
			application.awaitMessages("orders", 2);
		});
	}

	private static List<String> next(RunningApplication application, int count) throws InterruptedException {
		BlockingQueue<String> events = application.bean(Orders.class).events;
		String[] next = new String[count];
		for (int i = 0; i < count; i++) {
			next[i] = String.valueOf(events.poll(30, TimeUnit.SECONDS));
		}
		return List.of(next);
	}

	static class Orders {

		final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		private final Calls calls;

		Orders(Calls calls) {
			this.calls = calls;
		}

		@ServiceBusListener(id = "orders", queue = "orders", retry = "none")
		void handle(String order) {
			if (order.equals("bad")) {
				throw new IllegalStateException("bad order");
			}
			this.calls.add(order);
		}

		@EventListener
		void on(ListenerEvent event) {
			this.events.add(event.getClass().getSimpleName() + " " + event.listenerId());
		}

	}

	record Sleeping(Calls calls) {

		@ServiceBusListener(id = "orders", queue = "orders", autoStartup = "false")
		void handle(String order) {
			this.calls.add(order);
		}

	}

	static class Stopping {

		final Turnstile turnstile = new Turnstile();

		private final ObjectProvider<ServiceBusListenerEndpointRegistry> registry;

		Stopping(ObjectProvider<ServiceBusListenerEndpointRegistry> registry) {
			this.registry = registry;
			this.turnstile.open();
		}

		@ServiceBusListener(id = "orders", queue = "orders")
		void handle(int number) throws InterruptedException {
			this.turnstile.pass();
			this.registry.getObject().getListenerContainer("orders").stop();
		}

	}

	/** A bean with a life cycle that does not depend on the listeners. */
	static class Neighbour implements SmartLifecycle {

		private final ObjectProvider<ServiceBusListenerEndpointRegistry> registry;

		boolean listenersRanAtItsStart;

		boolean listenersRanAtItsStop;

		private boolean running;

		Neighbour(ObjectProvider<ServiceBusListenerEndpointRegistry> registry) {
			this.registry = registry;
		}

		@Override
		public int getPhase() {
			return 0;
		}

		@Override
		public void start() {
			this.running = true;
			this.listenersRanAtItsStart = listenersRun();
		}

		@Override
		public void stop() {
			this.running = false;
			this.listenersRanAtItsStop = listenersRun();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		private boolean listenersRun() {
			return this.registry.getObject()
				.getListenerContainers()
				.stream()
				.anyMatch(ServiceBusListenerContainer::isRunning);
		}

	}

}
