package dev.servicebus.boot.autoconfigure.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.boot.autoconfigure.ServiceBusClientBuilderCustomizer;
import dev.servicebus.boot.autoconfigure.ServiceBusEmulatorBuilderCustomizer;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.ServiceBusAuthorizationException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.auth.Right;
import dev.servicebus.listener.event.ListenerEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners whose queue is not there, or not for them, in virtual time.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class UnavailableEntityTests {

	private final VirtualTime time = new VirtualTime();

	private final ListenerApplication application = this.time.application(Orders.class)
		.with("servicebus.emulator.auto-create=false", "servicebus.emulator.queues.other.max-delivery-count=10");

	@Test
	void listenerReportsThatItsQueueIsMissingAndKeepsTrying() {
		this.application.run((application) -> {
			this.time.advance(Duration.ofMinutes(5));
			assertThat(events(application)).containsExactly("Started", "Failed");
			assertThat(application.container("orders").failure()).isInstanceOf(MessagingEntityNotFoundException.class);
			assertCreatedQueueIsReceivedFrom(application);
			assertThat(events(application)).containsExactly("Started", "Failed", "Receiving");
		});
	}

	@Test
	void lazyListenerWaitsForAQueueThatComesLater() {
		this.application.with("servicebus.listener.startup-policy=lazy").run((application) -> {
			this.time.advance(Duration.ofMinutes(5));
			assertThat(events(application)).containsExactly("Started");
			assertThat(application.container("orders").failure()).isNull();
			assertCreatedQueueIsReceivedFrom(application);
			assertThat(events(application)).containsExactly("Started", "Receiving");
		});
	}

	@Test
	void missingClaimIsReportedOnceAndAskedForLessAndLess() {
		this.application.with(WithoutRightToListen.class).run((application) -> {
			application.emulator().createQueue("orders");
			AtomicInteger attempts = new AtomicInteger();
			application.emulator().frames().tap((frame) -> {
				if (frame.isFromClient("attach")) {
					attempts.incrementAndGet();
				}
			});
			this.time.advance(Duration.ofMinutes(2));
			int early = attempts.getAndSet(0);
			this.time.advance(Duration.ofMinutes(2));
			assertThat(attempts.get()).isPositive().isLessThan(early);
			assertThat(events(application)).containsExactly("Started", "Failed");
			assertThat(application.container("orders").failure()).isInstanceOf(ServiceBusAuthorizationException.class);
		});
	}

	private void assertCreatedQueueIsReceivedFrom(RunningApplication application) {
		application.emulator().createQueue("orders");
		this.time.send(application, "orders", "order");
		this.time.advance(Duration.ofMinutes(5));
		assertThat(application.bean(Orders.class).handled).containsExactly("order");
	}

	private static List<String> events(RunningApplication application) {
		return application.bean(Orders.class).events;
	}

	static class Orders {

		final List<String> events = new ArrayList<>();

		final List<String> handled = new ArrayList<>();

		@ServiceBusListener(id = "orders", queue = "orders")
		void handle(String order) {
			this.handled.add(order);
		}

		@EventListener
		void on(ListenerEvent event) {
			this.events.add(event.getClass().getSimpleName());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutRightToListen {

		private static final AuthorizationRule ALL = AuthorizationRule.allRights("RootManageSharedAccessKey",
				"c29tZS1rZXktb2YtZW5vdWdoLWJ5dGVzLTEyMzQ1Ng==");

		private static final AuthorizationRule SEND = new AuthorizationRule("sender",
				"c2VuZGVyLWtleS1vZi1lbm91Z2gtYnl0ZXMhISE=", null, Set.of(Right.SEND));

		@Bean
		ServiceBusEmulatorBuilderCustomizer rules() {
			return (emulator) -> emulator.rule(ALL).rule(SEND);
		}

		@Bean
		ServiceBusClientBuilderCustomizer sender(ServiceBusEmulator emulator) {
			return (client) -> client.connectionString(emulator.connectionString(SEND));
		}

	}

}
