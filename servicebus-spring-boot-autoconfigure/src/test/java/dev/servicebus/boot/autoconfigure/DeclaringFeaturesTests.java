package dev.servicebus.boot.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.annotation.ServiceBusListenerConfigurer;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageFilter;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.Settlement;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.template.ServiceBusTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The attributes of listeners, each in an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DeclaringFeaturesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
		.withPropertyValues("servicebus.emulator.topics.events.subscriptions.audit=", "shop.queue=resolved")
		.withUserConfiguration(Shop.class);

	@Test
	void subscriptionOfATopic() {
		this.runner.run((context) -> assertThat(handled(context, "events")).isEqualTo("audited"));
	}

	@Test
	void deadLetterSubQueue() {
		this.runner.run((context) -> {
			template(context).send("refusing", "order");
			assertThat(next(context)).isEqualTo("refused order");
			assertThat(next(context)).isEqualTo("buried order");
		});
	}

	@Test
	void repeatedAnnotations() {
		this.runner.run((context) -> {
			assertThat(handled(context, "first")).isEqualTo("repeated");
			assertThat(handled(context, "second")).isEqualTo("repeated");
		});
	}

	@Test
	void composedAnnotationWithAttributesThatOverride() {
		this.runner.run((context) -> {
			assertThat(handled(context, "composed")).isEqualTo("composed");
			assertThat(container(context, "composed").options().concurrency()).isEqualTo(Concurrency.of(3));
		});
	}

	@Test
	void placeholdersAndExpressions() {
		this.runner.run((context) -> assertThat(handled(context, "resolved-queue")).isEqualTo("resolved"));
	}

	@Test
	void listenerIsFoundByItsIdAndStartedByHand() {
		this.runner.run((context) -> {
			ServiceBusListenerContainer byHand = container(context, "by-hand");
			assertThat(byHand.isRunning()).isFalse();
			template(context).send("by-hand", "order");
			byHand.start();
			assertThat(next(context)).isEqualTo("started");
		});
	}

	@Test
	void concurrencyMayBeARange() {
		this.runner.run((context) -> {
			template(context).sendAll("busy", List.of("1", "2", "3"));
			assertThat(context.getBean(Shop.class).busy.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(container(context, "busy").options().concurrency()).isEqualTo(new Concurrency(3, 5));
		});
	}

	@Test
	void methodSettlesByHand() {
		this.runner.run((context) -> {
			assertThat(handled(context, "by-method")).isEqualTo("kept");
			ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
			assertThat(emulator.queue("by-method").messages()).hasSize(1);
			context.getBean(Shop.class).settlement.complete();
			await(context, "by-method", List::isEmpty);
		});
	}

	@Test
	void errorHandlerOfOneListener() {
		this.runner.run((context) -> {
			template(context).send("forgiving", "order");
			assertThat(next(context)).isEqualTo("failed");
			await(context, "forgiving", List::isEmpty);
			assertThat(context.getBean(ServiceBusEmulator.class).queue("forgiving").deadLetters()).isEmpty();
		});
	}

	@Test
	void filterOfOneListener() {
		this.runner.run((context) -> {
			template(context).sendAll("filtered", List.of("unwanted", "wanted"));
			assertThat(next(context)).isEqualTo("wanted");
			await(context, "filtered", List::isEmpty);
		});
	}

	@Test
	void executorOfOneListener() {
		this.runner.run((context) -> assertThat(handled(context, "elsewhere")).startsWith("my-thread-"));
	}

	@Test
	void containerFactoryOfOneListener() {
		this.runner.run((context) -> {
			assertThat(handled(context, "bulk")).isEqualTo("bulk");
			assertThat(container(context, "bulk").options().prefetch()).isEqualTo(40);
		});
	}

	@Test
	void furtherOptionsOfOneListener() {
		this.runner.run((context) -> assertThat(container(context, "bulk").options().shutdownTimeout())
			.isEqualTo(Duration.ofSeconds(3)));
	}

	@Test
	void configurerRegistersListenersInCode() {
		this.runner.run((context) -> assertThat(handled(context, "in-code")).isEqualTo("in code"));
	}

	private static String handled(AssertableApplicationContext context, String destination)
			throws InterruptedException {
		template(context).send(destination, "order");
		return next(context);
	}

	private static String next(AssertableApplicationContext context) throws InterruptedException {
		return context.getBean(Shop.class).calls.poll(30, TimeUnit.SECONDS);
	}

	private static void await(AssertableApplicationContext context, String queue, Predicate<List<?>> condition) {
		ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
		Awaitility.await().atMost(PATIENCE).until(() -> condition.test(emulator.queue(queue).messages()));
	}

	private static ServiceBusTemplate template(AssertableApplicationContext context) {
		return context.getBean(ServiceBusTemplate.class);
	}

	private static ServiceBusListenerContainer container(AssertableApplicationContext context, String id) {
		return context.getBean(ServiceBusListenerEndpointRegistry.class).getListenerContainer(id);
	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@ServiceBusListener(queue = "composed", concurrency = "2")
	@interface OrderListener {

		@AliasFor(annotation = ServiceBusListener.class)
		String id();

		@AliasFor(annotation = ServiceBusListener.class, attribute = "concurrency")
		String parallel();

	}

	@Configuration(proxyBeanMethods = false)
	static class Shop {

		final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		final CountDownLatch busy = new CountDownLatch(3);

		volatile Settlement settlement;

		@Bean(defaultCandidate = false)
		ErrorHandler forgiving() {
			return (failure) -> Outcome.complete();
		}

		@Bean
		MessageFilter wanted() {
			return (message) -> message.bodyAsString().equals("wanted");
		}

		@Bean(defaultCandidate = false)
		Executor mine() {
			return new SimpleAsyncTaskExecutor("my-thread-");
		}

		@Bean(defaultCandidate = false)
		static ServiceBusListenerContainerFactory bulkFactory(ServiceBusListenerContainerFactoryConfigurer configurer) {
			return configurer.createFactory((options) -> options.prefetch(40));
		}

		@Bean
		ServiceBusListenerConfigurer listeners() {
			return (registrar) -> registrar.register("in-code", ListenerTarget.queue("in-code"),
					(message, context) -> this.calls.add("in code"));
		}

		@ServiceBusListener(topic = "events", subscription = "audit")
		void audit() {
			this.calls.add("audited");
		}

		@ServiceBusListener(queue = "refusing", retry = "none")
		void refuse(String body) {
			this.calls.add("refused " + body);
			throw new IllegalStateException("refused");
		}

		@ServiceBusListener(queue = "refusing", subQueue = "dead-letter")
		void bury(String body) {
			this.calls.add("buried " + body);
		}

		@ServiceBusListener(queue = "first")
		@ServiceBusListener(queue = "second")
		void repeated() {
			this.calls.add("repeated");
		}

		@OrderListener(id = "composed", parallel = "3")
		void composed() {
			this.calls.add("composed");
		}

		@ServiceBusListener(queue = "#{'${shop.queue}' + '-queue'}")
		void resolved() {
			this.calls.add("resolved");
		}

		@ServiceBusListener(id = "by-hand", queue = "by-hand", autoStartup = "false")
		void byHand() {
			this.calls.add("started");
		}

		@ServiceBusListener(id = "busy", queue = "busy", concurrency = "3-5")
		void busy() throws InterruptedException {
			this.busy.countDown();
			this.busy.await(30, TimeUnit.SECONDS);
		}

		@ServiceBusListener(queue = "by-method", settlement = "manual")
		void byMethod(Settlement settlement) {
			this.settlement = settlement;
			this.calls.add("kept");
		}

		@ServiceBusListener(id = "forgiving", queue = "forgiving", errorHandler = "forgiving")
		void fail() {
			this.calls.add("failed");
			throw new IllegalStateException("failed");
		}

		@ServiceBusListener(queue = "filtered", filter = "wanted")
		void filtered(String body) {
			this.calls.add(body);
		}

		@ServiceBusListener(queue = "elsewhere", executor = "mine")
		void elsewhere() {
			this.calls.add(Thread.currentThread().getName());
		}

		@ServiceBusListener(id = "bulk", queue = "bulk", containerFactory = "bulkFactory",
				properties = "shutdownTimeout=3s")
		void bulk() {
			this.calls.add("bulk");
		}

	}

}
