package dev.servicebus.boot.autoconfigure;

import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.servicebus.annotation.DeadLetterHandler;
import dev.servicebus.annotation.EnableServiceBus;
import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.annotation.ServiceBusListenerConfigurer;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistrar;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.SessionEnd;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.event.ListenerEvent;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Defects that others are known to have, in an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class KnownDefectTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class));

	@Test
	void twoListenersOfAQueueAndOneOfItsDeadLettersAllReceive() {
		this.runner.withBean(SameQueue.class).run((context) -> {
			SameQueue listeners = context.getBean(SameQueue.class);
			context.getBean(ServiceBusTemplate.class).sendAll("orders", List.of("1", "2"));
			assertThat(listeners.both.await(20, TimeUnit.SECONDS)).as("both have a message at the same time").isTrue();
			context.getBean(ServiceBusTemplate.class).send("orders", "bad");
			assertThat(listeners.dead.poll(20, TimeUnit.SECONDS)).isEqualTo("bad");
		});
	}

	@Test
	void timeoutsOfThePropertiesAreKept() {
		this.runner.withBean(Slow.class)
			.withPropertyValues("servicebus.listener.shutdown-timeout=400ms",
					"servicebus.listener.session.idle-timeout=200ms",
					"servicebus.emulator.queues.baskets.requires-session=true")
			.run((context) -> {
				Slow slow = context.getBean(Slow.class);
				ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
				template.send("baskets", ServiceBusMessage.builder().body("item").sessionId("s").build());
				ListenerEvent.SessionClosed closed = slow.closed.poll(8, TimeUnit.SECONDS);
				assertThat(closed).as("long before the ten seconds of the default").isNotNull();
				assertThat(closed.reason()).isEqualTo(SessionEnd.IDLE);
				template.send("slow", "order");
				assertThat(slow.begun.await(20, TimeUnit.SECONDS)).isTrue();
				ServiceBusListenerContainer container = context.getBean(ServiceBusListenerEndpointRegistry.class)
					.getListenerContainer("slow");
				long began = System.nanoTime();
				container.stop();
				assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(350),
						Duration.ofSeconds(10));
				slow.end.countDown();
			});
	}

	@Test
	void nothingIsHandledBeforeTheApplicationIsReady() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().queue("orders").build().start()) {
			ApplicationContextRunner application = this.runner
				.withPropertyValues("servicebus.connection-string=" + emulator.connectionString());
			application.run((context) -> context.getBean(ServiceBusTemplate.class).send("orders", "early"));
			application.withBean(Readiness.class)
				.withBean(EarlyBird.class)
				.run((context) -> assertThat(context.getBean(EarlyBird.class).seen.poll(20, TimeUnit.SECONDS))
					.isEqualTo("singletons true, server true"));
		}
	}

	@Test
	void whatApplicationsNeedIsPublicAndInPackagesForThem() {
		assertThat(List.of(ServiceBusListener.class, EnableServiceBus.class, DeadLetterHandler.class,
				ServiceBusListenerConfigurer.class, ServiceBusListenerEndpointRegistrar.class,
				ServiceBusListenerEndpointRegistry.class, ServiceBusListenerContainerFactory.class,
				ServiceBusMessageConverter.class, ServiceBusTemplate.class))
			.allSatisfy((type) -> {
				assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
				assertThat(type.getPackageName()).doesNotContain("impl").doesNotContain("internal");
			});
	}

	@Test
	void documentedNameOfTheContainerFactoryIsThatOfABean() {
		this.runner.run((context) -> assertThat(context.getBean(EnableServiceBus.CONTAINER_FACTORY))
			.isInstanceOf(ServiceBusListenerContainerFactory.class));
	}

	@Test
	void messageThatIsDeadLetteredIsSettledOnceWithItsReason() {
		this.runner.withBean(SameQueue.class)
			.withPropertyValues("servicebus.listeners.first.auto-startup=false",
					"servicebus.listeners.dead.auto-startup=false")
			.run((context) -> {
				ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
				var recording = emulator.frames().record();
				context.getBean(ServiceBusTemplate.class).send("orders", "bad");
				await().atMost(PATIENCE).until(() -> !emulator.queue("orders").deadLetters().isEmpty());
				assertThat(emulator.queue("orders").deadLetters()).singleElement()
					.satisfies((message) -> assertThat(message.deadLetterReason())
						.isEqualTo("java.lang.IllegalStateException"));
				context.getBean(ServiceBusListenerEndpointRegistry.class).getListenerContainer("second").stop();
				assertThat(recording.frames()).extracting(Object::toString)
					.filteredOn((frame) -> frame.contains("<- disposition{"))
					.hasSize(1);
			});
	}

	@Test
	void messageHasNoPartitionKeyThatNobodyHasSet() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.send("plain", "order");
			List<ServiceBusReceivedMessage> received = template.receiveMessages("plain", 1, PATIENCE);
			assertThat(received).singleElement().satisfies((message) -> assertThat(message.partitionKey()).isNull());
		});
	}

	@Test
	void requestLeavesNoReplyAndNoConsumerBehind() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder()
			.queue("prices")
			.queue("replies", EntityOptions.builder().requiresSession(true).build())
			.build()
			.start()) {
			this.runner.withBean(Prices.class)
				.withPropertyValues("servicebus.connection-string=" + emulator.connectionString(),
						"servicebus.template.reply.queue=replies", "servicebus.template.reply.session-id=instance-1")
				.run((context) -> {
					assertThat(context.getBean(ServiceBusTemplate.class).request("prices", "apple", String.class))
						.isEqualTo("5");
					await().atMost(PATIENCE).until(() -> emulator.queue("replies").messages().isEmpty());
				});
			await().atMost(PATIENCE).until(() -> emulator.queue("replies").consumers() == 0);
		}
	}

	@Test
	void placeholderThatIsNoNumberStopsTheStart() {
		this.runner.withBean(Placeholder.class)
			.withPropertyValues("calls=many")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("attribute concurrency = \"many\": expected a whole number"));
	}

	@Test
	void fiftyCallsAreFiftyAtOnce() {
		this.runner.withBean(Fifty.class).run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.sendAll("many", IntStream.range(0, 50).mapToObj(String::valueOf).toList());
			assertThat(context.getBean(Fifty.class).all.await(20, TimeUnit.SECONDS)).isTrue();
		});
	}

	@Test
	void idleSessionInterruptsNoHandlerOfAnother() {
		this.runner.withBean(TwoSessions.class)
			.withPropertyValues("servicebus.listener.session.idle-timeout=100ms",
					"servicebus.emulator.queues.baskets.requires-session=true")
			.run((context) -> {
				TwoSessions sessions = context.getBean(TwoSessions.class);
				ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
				template.send("baskets", ServiceBusMessage.builder().body("slow").sessionId("busy").build());
				for (int i = 0; i < 3; i++) {
					template.send("baskets", ServiceBusMessage.builder().body("quick").sessionId("idle" + i).build());
					assertThat(sessions.closed.poll(20, TimeUnit.SECONDS)).isEqualTo("idle" + i);
				}
				sessions.end.countDown();
				assertThat(sessions.interrupted.poll(20, TimeUnit.SECONDS)).isFalse();
			});
	}

	static class SameQueue {

		final CountDownLatch both = new CountDownLatch(2);

		final BlockingQueue<String> dead = new LinkedBlockingQueue<>();

		@ServiceBusListener(queue = "orders", id = "first", retry = "none")
		void first(String body) throws InterruptedException {
			handle(body);
		}

		@ServiceBusListener(queue = "orders", id = "second", retry = "none")
		void second(String body) throws InterruptedException {
			handle(body);
		}

		@ServiceBusListener(queue = "orders", subQueue = "dead-letter", id = "dead")
		void dead(String body) {
			this.dead.add(body);
		}

		private void handle(String body) throws InterruptedException {
			if (body.equals("bad")) {
				throw new IllegalStateException(body);
			}
			this.both.countDown();
			this.both.await(20, TimeUnit.SECONDS);
		}

	}

	static class Prices {

		@ServiceBusListener(queue = "prices")
		String price(String fruit) {
			return String.valueOf(fruit.length());
		}

	}

	static class Placeholder {

		@ServiceBusListener(queue = "orders", concurrency = "${calls}")
		void handle(String body) {
		}

	}

	static class Slow {

		final CountDownLatch begun = new CountDownLatch(1);

		final CountDownLatch end = new CountDownLatch(1);

		final BlockingQueue<ListenerEvent.SessionClosed> closed = new LinkedBlockingQueue<>();

		@ServiceBusListener(queue = "slow", id = "slow")
		void handle(String body) throws InterruptedException {
			this.begun.countDown();
			this.end.await(20, TimeUnit.SECONDS);
		}

		@ServiceBusListener(queue = "baskets", sessions = "true")
		void item(String body) {
		}

		@EventListener
		void on(ListenerEvent.SessionClosed event) {
			this.closed.add(event);
		}

	}

	/** What a web server is in an application: started after all beans are made. */
	static class Readiness implements SmartInitializingSingleton, SmartLifecycle {

		private volatile boolean singletons;

		private volatile boolean server;

		@Override
		public void afterSingletonsInstantiated() {
			this.singletons = true;
		}

		@Override
		public void start() {
			this.server = true;
		}

		@Override
		public void stop() {
			this.server = false;
		}

		@Override
		public boolean isRunning() {
			return this.server;
		}

		@Override
		public int getPhase() {
			return SmartLifecycle.DEFAULT_PHASE - 1024;
		}

	}

	static class EarlyBird {

		final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

		private final Readiness readiness;

		EarlyBird(Readiness readiness) {
			this.readiness = readiness;
		}

		@ServiceBusListener(queue = "orders")
		void handle(String body) {
			this.seen.add("singletons " + this.readiness.singletons + ", server " + this.readiness.server);
		}

	}

	static class Fifty {

		final CountDownLatch all = new CountDownLatch(50);

		@ServiceBusListener(queue = "many", concurrency = "50")
		void handle(String body) throws InterruptedException {
			this.all.countDown();
			this.all.await(20, TimeUnit.SECONDS);
		}

	}

	static class TwoSessions {

		final CountDownLatch end = new CountDownLatch(1);

		final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

		final BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();

		@ServiceBusListener(queue = "baskets", sessions = "true", concurrency = "2")
		void item(String body) {
			if (body.equals("slow")) {
				boolean flag = false;
				try {
					this.end.await(30, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					flag = true;
				}
				this.interrupted.add(flag);
			}
		}

		@EventListener
		void on(ListenerEvent.SessionClosed event) {
			this.closed.add(event.sessionId());
		}

	}

}
