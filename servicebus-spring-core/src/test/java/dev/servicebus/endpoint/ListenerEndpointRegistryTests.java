package dev.servicebus.endpoint;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerStartupException;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.StartupPolicy;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.ManualExecutor;
import dev.servicebus.listener.support.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ListenerEndpointRegistryTests {

	private final FakeClient client = new FakeClient();

	private final ManualExecutor executor = new ManualExecutor();

	private final ContainerServices services = new ContainerServices(this.client, this.executor, new VirtualTime(),
			RandomGenerator.getDefault(), new ListenerMonitor() {
			});

	private final ServiceBusListenerContainerFactory factory = new ServiceBusListenerContainerFactory(this.services);

	private final ServiceBusListenerEndpointRegistry registry = new ServiceBusListenerEndpointRegistry();

	private final AtomicInteger stopped = new AtomicInteger();

	@Test
	void startsWhatStartsByItself() {
		ServiceBusListenerContainer automatic = register("automatic");
		ServiceBusListenerContainer byHand = registerStopped("by-hand");
		assertThat(automatic.isRunning()).isFalse();
		this.registry.start();
		assertThat(automatic.isRunning()).isTrue();
		assertThat(byHand.isRunning()).isFalse();
		assertThat(this.registry.getListenerContainer("automatic")).isSameAs(automatic);
		assertThat(this.registry.getListenerContainers()).containsExactlyInAnyOrder(automatic, byHand);
		assertThat(this.registry.getPhase()).isEqualTo(ListenerOptions.DEFAULT_PHASE);
	}

	@Test
	void restartsExactlyWhatRanWhenItWasStopped() {
		ServiceBusListenerContainer automatic = register("automatic");
		ServiceBusListenerContainer byHand = registerStopped("by-hand");
		ServiceBusListenerContainer stoppedByHand = register("stopped-by-hand");
		this.registry.start();
		byHand.start();
		stoppedByHand.stop();
		this.registry.stop(this.stopped::incrementAndGet);
		assertThat(this.stopped).hasValue(1);
		assertThat(this.registry.getListenerContainers()).noneMatch(ServiceBusListenerContainer::isRunning);
		this.registry.start();
		assertThat(automatic.isRunning()).isTrue();
		assertThat(byHand.isRunning()).isTrue();
		assertThat(stoppedByHand.isRunning()).isFalse();
	}

	@Test
	void stopCallsBackOnceWhenTheLastContainerHasStopped() {
		register("one");
		register("two");
		this.registry.start();
		this.client.source("one").holdConfirmations();
		this.client.source("one").publish(FakeClient.message("order"));
		this.executor.runAll();
		this.registry.stop(this.stopped::incrementAndGet);
		assertThat(this.client.source("two").isClosed()).isTrue();
		assertThat(this.stopped).hasValue(0);
		this.client.source("one").confirm();
		assertThat(this.stopped).hasValue(1);
	}

	@Test
	void stopWithoutContainersCallsBack() {
		this.registry.start();
		this.registry.stop(this.stopped::incrementAndGet);
		this.registry.stop(this.stopped::incrementAndGet);
		assertThat(this.stopped).hasValue(2);
	}

	@Test
	void listenerThatIsRegisteredLaterStartsAtOnceAndCanBeRemoved() {
		this.registry.start();
		ServiceBusListenerContainer late = register("late");
		ServiceBusListenerContainer byHand = registerStopped("by-hand");
		assertThat(late.isRunning()).isTrue();
		assertThat(byHand.isRunning()).isFalse();
		assertThat(this.registry.unregister("late")).containsExactly(late);
		assertThat(late.isRunning()).isFalse();
		assertThat(this.registry.getListenerContainer("late")).isNull();
		assertThat(this.registry.unregister("late")).isEmpty();
	}

	@Test
	void idThatIsTakenIsRefused() {
		register("orders");
		assertThatIllegalStateException().isThrownBy(() -> register("orders")).withMessageContaining("'orders'");
	}

	@Test
	void containersOfAListenerAreRemovedTogetherOrOneByOne() {
		this.registry.start();
		ServiceBusListenerEndpoint eu = endpoint("orders").forTarget(ListenerTarget.queue("eu"));
		ServiceBusListenerContainer first = this.registry.register(eu, this.factory);
		ServiceBusListenerContainer second = this.registry.register(eu.forTarget(ListenerTarget.queue("us")),
				this.factory);
		assertThat(this.registry.unregister("orders-eu")).containsExactly(first);
		assertThat(second.isRunning()).isTrue();
		this.registry.register(eu, this.factory);
		assertThat(this.registry.unregister("orders")).hasSize(2).noneMatch(ServiceBusListenerContainer::isRunning);
		assertThat(this.registry.getListenerContainers()).isEmpty();
	}

	@Test
	void listenerThatCannotStartIsNotRegistered() {
		this.registry.start();
		ServiceBusListenerEndpoint endpoint = endpoint("orders")
			.withOptions((id, options) -> options.startupPolicy(StartupPolicy.FAIL).startupTimeout(Duration.ZERO));
		assertThatExceptionOfType(ListenerStartupException.class)
			.isThrownBy(() -> this.registry.register(endpoint, this.factory));
		assertThat(this.registry.getListenerContainers()).isEmpty();
		assertThat(this.client.source("orders").isClosed()).isTrue();
	}

	@Test
	void registryThatIsNoBeanNeedsAContainerFactory() {
		assertThatIllegalStateException().isThrownBy(() -> this.registry.register(endpoint("orders")))
			.withMessageContaining("'orders'")
			.withMessageContaining("container factory");
	}

	@Test
	void retryQueueBelongsToOneListener() {
		this.registry.register(withRetryQueue("a", "later"), this.factory);
		assertThatIllegalStateException()
			.isThrownBy(() -> this.registry.register(withRetryQueue("b", "Later"), this.factory))
			.withMessageContaining("'b' cannot have the retry queue 'Later'")
			.withMessageContaining("listener 'a' uses it, too");
		assertThatIllegalStateException().isThrownBy(() -> register("later"))
			.withMessageContaining("'a' cannot have the retry queue 'later'")
			.withMessageContaining("listener 'later' uses it, too");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.registry.register(withRetryQueue("self", "self"), this.factory))
			.withMessageContaining("it is the queue itself");
		this.registry.unregister("a");
		assertThat(register("later").id()).isEqualTo("later");
	}

	@Test
	void retryQueuesOfSeveralNamespacesMayHaveTheSameName() {
		this.registry.register(withRetryQueue("a", "later"), this.factory);
		ServiceBusListenerContainerFactory elsewhere = new ServiceBusListenerContainerFactory(
				this.services.withClient(new FakeClient()));
		assertThat(this.registry.register(withRetryQueue("b", "later"), elsewhere).id()).isEqualTo("b");
	}

	@Test
	void twoListenersOnOneEntityBothReceive() {
		this.registry.register(ServiceBusListenerEndpoint.of("a", ListenerTarget.queue("orders"), (m, c) -> {
		}), this.factory);
		this.registry.register(ServiceBusListenerEndpoint.of("b", ListenerTarget.queue("orders"), (m, c) -> {
		}), this.factory);
		this.registry.start();
		assertThat(this.client.sources()).hasSize(2).allMatch((source) -> source.demand() == 1);
	}

	@Test
	void optionsOfTheFactoryAreChangedByTheEndpointAndThenForItsId() {
		ServiceBusListenerContainerFactory customized = new ServiceBusListenerContainerFactory(this.services,
				ListenerOptions.builder().concurrency(2).prefetch(2).build(), ErrorHandler.PROPOSED, (id, options) -> {
					if (id.equals("orders")) {
						options.concurrency(4);
					}
				});
		ServiceBusListenerEndpoint endpoint = endpoint("orders")
			.withOptions((id, options) -> options.concurrency(3).prefetch(3));
		ListenerOptions options = this.registry.register(endpoint, customized).options();
		assertThat(options.concurrency()).isEqualTo(Concurrency.of(4));
		assertThat(options.prefetch()).isEqualTo(3);
	}

	private ServiceBusListenerContainer register(String id) {
		return this.registry.register(endpoint(id), this.factory);
	}

	private ServiceBusListenerContainer registerStopped(String id) {
		return this.registry.register(endpoint(id).withOptions((name, options) -> options.autoStartup(false)),
				this.factory);
	}

	private static ServiceBusListenerEndpoint withRetryQueue(String id, String queue) {
		return endpoint(id)
			.withOptions((name, options) -> options.failures((failures) -> failures.withRetryQueue(queue)));
	}

	private static ServiceBusListenerEndpoint endpoint(String id) {
		return ServiceBusListenerEndpoint.of(id, ListenerTarget.queue(id), (message, context) -> {
		});
	}

}
