package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.ServiceBusAuthorizationException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.ServiceBusEmulatorBuilder;
import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.auth.Right;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.SessionOptions;
import dev.servicebus.listener.StartupPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Containers that cannot receive at their start, and what is said about it.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StartupTests {

	private static final UnaryOperator<ListenerOptions.Builder> LAZY = (options) -> options
		.startupPolicy(StartupPolicy.LAZY);

	private final List<String> handled = new ArrayList<>();

	private SimulatedQueue queue = new SimulatedQueue(3, ServiceBusEmulator.builder().queue("other"));

	@AfterEach
	void close() {
		this.queue.close();
	}

	@Test
	void lazyContainerWaitsForAQueueThatComesLater() {
		ServiceBusListenerContainer container = start(LAZY);
		this.queue.advance(Duration.ofMinutes(5));
		assertThat(this.queue.monitor.events()).containsExactly("waiting");
		assertThat(container.failure()).isNull();
		assertThat(container.state().running()).isTrue();
		assertThat(container.state().receiving()).isFalse();
		this.queue.service.emulator.createQueue("orders");
		this.queue.send("a");
		this.queue.advance(Duration.ofMinutes(5));
		assertThat(this.handled).containsExactly("a");
		assertThat(this.queue.monitor.events()).containsExactly("waiting", "receiving");
	}

	@Test
	void lazyContainerThatHasReceivedReportsThatItsQueueIsGone() {
		this.queue.service.emulator.createQueue("orders");
		ServiceBusListenerContainer container = start(LAZY);
		this.queue.service.emulator.deleteQueue("orders");
		this.queue.advance(Duration.ofMinutes(5));
		assertThat(this.queue.monitor.events()).containsExactly("receiving", "receiveFailed");
		assertThat(container.failure()).isInstanceOf(MessagingEntityNotFoundException.class);
	}

	@Test
	void otherContainersReportTheMissingQueueAndKeepTrying() {
		ServiceBusListenerContainer container = start(UnaryOperator.identity());
		this.queue.advance(Duration.ofMinutes(5));
		assertThat(this.queue.monitor.events()).containsExactly("receiveFailed");
		assertThat(ReceiveAdvice.of(container.failure())).contains("Create the queue").contains("lazy");
		this.queue.service.emulator.createQueue("orders");
		this.queue.advance(Duration.ofMinutes(5));
		assertThat(this.queue.monitor.events()).containsExactly("receiveFailed", "receiving");
	}

	@Test
	void missingClaimIsReportedOnceAlsoWhenLazyAndAskedForLessAndLess() {
		AuthorizationRule sender = new AuthorizationRule("sender", "c2VuZGVyLWtleS1vZi1lbm91Z2gtYnl0ZXMhISE=", null,
				Set.of(Right.SEND));
		use(ServiceBusEmulator.builder()
			.queue("orders")
			.rule(AuthorizationRule.allRights("RootManageSharedAccessKey",
					"c29tZS1rZXktb2YtZW5vdWdoLWJ5dGVzLTEyMzQ1Ng=="))
			.rule(sender));
		ServiceBusClient client = this.queue.service.client(this.queue.service.emulator.connectionString(sender));
		this.queue.client(client);
		AtomicInteger attempts = new AtomicInteger();
		this.queue.service.emulator.frames().tap((frame) -> {
			if (frame.isFromClient("attach")) {
				attempts.incrementAndGet();
			}
		});
		ServiceBusListenerContainer container = start(LAZY);
		this.queue.advance(Duration.ofMinutes(2));
		int early = attempts.getAndSet(0);
		this.queue.advance(Duration.ofMinutes(2));
		assertThat(attempts.get()).isPositive().isLessThan(early);
		assertThat(this.queue.monitor.events()).containsExactly("receiveFailed");
		assertThat(container.failure()).isInstanceOf(ServiceBusAuthorizationException.class);
		assertThat(ReceiveAdvice.of(container.failure())).contains("claim Listen");
		client.close();
	}

	@Test
	void queueThatRequiresSessionsIsExplained() {
		use(ServiceBusEmulator.builder().queue("orders", EntityOptions.builder().requiresSession(true).build()));
		ServiceBusException failure = start(LAZY).failure();
		assertThat(failure).isNotNull();
		assertThat(ReceiveAdvice.of(failure)).contains("set sessions = \"true\"");
	}

	@Test
	void queueWithoutSessionsIsExplained() {
		use(ServiceBusEmulator.builder().queue("orders"));
		ServiceBusListenerContainer container = start((options) -> options.sessions(SessionOptions.ENABLED));
		this.queue.advance(Duration.ofSeconds(10));
		assertThat(ReceiveAdvice.of(container.failure())).contains("remove sessions = \"true\"");
	}

	private void use(ServiceBusEmulatorBuilder emulator) {
		this.queue.close();
		this.queue = new SimulatedQueue(3, emulator);
	}

	private ServiceBusListenerContainer start(UnaryOperator<ListenerOptions.Builder> options) {
		return this.queue.start(options, (message, context) -> this.handled.add(message.bodyAsString()));
	}

}
