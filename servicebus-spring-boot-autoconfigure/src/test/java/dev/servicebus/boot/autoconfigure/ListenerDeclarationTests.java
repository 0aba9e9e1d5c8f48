package dev.servicebus.boot.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.endpoint.ListenerOptionsCustomizer;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.invoke.PayloadListener;
import dev.servicebus.template.ServiceBusTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.AbstractMessageConverter;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ways to declare listeners, in an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(OutputCaptureExtension.class)
class ListenerDeclarationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class));

	@Test
	void listenerOfSeveralQueuesReceivesFromEachOfThemAndPausesOneAlone() {
		this.runner.withBean(Regions.class)
			.withPropertyValues("servicebus.listeners.regions.auto-startup=false")
			.run((context) -> {
				registry(context).getListenerContainer("regions-eu").pause();
				registry(context).getListenerContainers("regions").forEach(ServiceBusListenerContainer::start);
				template(context).send("eu", "1");
				template(context).send("us", "2");
				BlockingQueue<String> calls = context.getBean(Regions.class).calls;
				assertThat(calls.poll(30, TimeUnit.SECONDS)).isEqualTo("regions-us 2");
				assertThat(calls).isEmpty();
				registry(context).getListenerContainer("regions-eu").resume();
				assertThat(calls.poll(30, TimeUnit.SECONDS)).isEqualTo("regions-eu 1");
			});
	}

	@Test
	void propertiesOfAListenerCountForAllOfItsQueuesAndThoseOfAQueueForThatOne(CapturedOutput output) {
		this.runner.withBean(Regions.class)
			.withPropertyValues("servicebus.listeners.regions.concurrency=4",
					"servicebus.listeners.regions-us.concurrency=6", "servicebus.listeners.nobody.concurrency=6")
			.run((context) -> {
				assertThat(registry(context).getListenerContainer("regions-eu").options().concurrency())
					.isEqualTo(Concurrency.of(4));
				assertThat(registry(context).getListenerContainer("regions-us").options().concurrency())
					.isEqualTo(Concurrency.of(6));
				assertThat(output).contains("servicebus.listeners.nobody.*")
					.doesNotContain("'servicebus.listeners.regions");
			});
	}

	@Test
	void listenerIsRegisteredAndRemovedWhileTheApplicationRuns() {
		this.runner.withPropertyValues("servicebus.listeners.late.concurrency=3").run((context) -> {
			ServiceBusListenerEndpointRegistry registry = registry(context);
			BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
			MessageListener listener = PayloadListener.of(context.getBean(ServiceBusMessageConverter.class),
					Order.class, orders::add);
			ServiceBusListenerContainer late = registry.register("late", ListenerTarget.queue("orders"), listener);
			assertThat(late.options().concurrency()).isEqualTo(Concurrency.of(3));
			template(context).send("orders", new Order(1));
			assertThat(orders.poll(30, TimeUnit.SECONDS)).isEqualTo(new Order(1));
			assertThat(registry.unregister("late")).containsExactly(late);
			assertThat(late.isRunning()).isFalse();
			template(context).send("orders", new Order(2));
			assertThat(template(context).receive("orders", Order.class, PATIENCE)).isEqualTo(new Order(2));
			registry.register("late", ListenerTarget.queue("orders"), listener);
			template(context).send("orders", new Order(3));
			assertThat(orders.poll(30, TimeUnit.SECONDS)).isEqualTo(new Order(3));
		});
	}

	@Test
	void messageThatAPayloadListenerCannotReadIsDeadLettered() {
		this.runner.run((context) -> {
			registry(context).register("late", ListenerTarget.queue("orders"),
					PayloadListener.of(context.getBean(ServiceBusMessageConverter.class), Order.class, (order) -> {
					}));
			template(context).send("orders", "no order");
			assertThat(template(context).receive("orders/$DeadLetterQueue", String.class, PATIENCE))
				.isEqualTo("no order");
		});
	}

	@Test
	void twoListenersOnOneQueueShareItsMessages() {
		this.runner.withBean(Twins.class).run((context) -> {
			template(context).sendAll("orders", List.of("1", "2"));
			Twins twins = context.getBean(Twins.class);
			assertThat(twins.bothAreBusy.await(30, TimeUnit.SECONDS)).isTrue();
		});
	}

	@Test
	void listenerHasAConverterOfItsOwn() {
		this.runner.withBean("upperCase", UpperCase.class).withBean(Shouting.class).run((context) -> {
			template(context).send("shouted", "order");
			assertThat(context.getBean(Shouting.class).calls.poll(30, TimeUnit.SECONDS))
				.isEqualTo("retail Shout[text=ORDER]");
		});
	}

	@Test
	void customizerChangesTheListenerThatItIsFor() {
		ListenerOptionsCustomizer customizer = (id, options) -> {
			if (id.equals("regions")) {
				options.maxLockRenewal(Duration.ofMinutes(7));
			}
		};
		this.runner.withBean(Regions.class)
			.withBean(Twins.class)
			.withBean(ListenerOptionsCustomizer.class, () -> customizer)
			.run((context) -> assertThat(registry(context).getListenerContainers())
				.filteredOn((container) -> container.options().maxLockRenewal().equals(Duration.ofMinutes(7)))
				.extracting(ServiceBusListenerContainer::id)
				.containsExactlyInAnyOrder("regions-eu", "regions-us"));
	}

	private static ServiceBusTemplate template(AssertableApplicationContext context) {
		return context.getBean(ServiceBusTemplate.class);
	}

	private static ServiceBusListenerEndpointRegistry registry(AssertableApplicationContext context) {
		return context.getBean(ServiceBusListenerEndpointRegistry.class);
	}

	record Order(int number) {

	}

	record Shout(String text) {

	}

	/** Each of them needs the other one to go on. */
	static class Twins {

		final CyclicBarrier barrier = new CyclicBarrier(2);

		final CountDownLatch bothAreBusy = new CountDownLatch(2);

		@ServiceBusListener(queue = "orders")
		void one(String body) throws Exception {
			this.barrier.await(30, TimeUnit.SECONDS);
			this.bothAreBusy.countDown();
		}

		@ServiceBusListener(queue = "orders")
		void two(String body) throws Exception {
			one(body);
		}

	}

	static class UpperCase extends AbstractMessageConverter {

		UpperCase() {
			super(MimeTypeUtils.TEXT_PLAIN);
		}

		@Override
		protected boolean supports(Class<?> type) {
			return type == Shout.class;
		}

		@Override
		protected Object convertFromInternal(Message<?> message, Class<?> type, @Nullable Object hint) {
			return new Shout(
					new String((byte[]) message.getPayload(), StandardCharsets.UTF_8).toUpperCase(Locale.ROOT));
		}

	}

	static class Shouting {

		final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		@ServiceBusListener(queue = "shouted", converter = "upperCase", info = "retail")
		void handle(Shout shout, @Header(ServiceBusHeaders.LISTENER_INFO) String info) {
			this.calls.add(info + " " + shout);
		}

	}

	static class Regions {

		final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		@ServiceBusListener(id = "regions", queue = { "eu", "us" })
		void handle(String body, ListenerContext context) {
			this.calls.add(context.listenerId() + " " + body);
		}

	}

}
