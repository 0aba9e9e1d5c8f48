package dev.servicebus.boot.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.transport.BindFailedException;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.auth.ConnectionString;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(OutputCaptureExtension.class)
class ServiceBusEmulatorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class));

	/** Without the client, so that contexts without a connection start. */
	private final ApplicationContextRunner withoutClient = this.runner.withBean(MessagingClient.class,
			() -> mock(MessagingClient.class));

	@Test
	void emulatorRunsWhenNothingIsConfigured(CapturedOutput output) {
		this.runner.run((context) -> {
			ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
			String connectionString = context.getBean(ServiceBusConnectionDetails.class).connectionString();
			assertThat(ConnectionString.parse(connectionString).port()).hasValue(emulator.port());
			assertThat(ConnectionString.parse(connectionString).isEmulator()).isTrue();
			assertThat(output).contains("port " + emulator.port()).contains("in memory only");
		});
	}

	@Test
	void templateSendsToTheEmulatorAndReceivesFromIt() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.send("orders", "hello");
			assertThat(template.receive("orders", String.class, Duration.ofSeconds(30))).isEqualTo("hello");
		});
	}

	@Test
	void connectionStringReplacesTheEmulator() {
		this.withoutClient
			.withPropertyValues(
					"servicebus.connection-string=Endpoint=sb://x.example;SharedAccessKeyName=n;SharedAccessKey=k")
			.run(noEmulator());
	}

	@Test
	void namespaceReplacesTheEmulator() {
		this.withoutClient.withPropertyValues("servicebus.namespace=contoso").run(noEmulator());
	}

	@Test
	void emptyConnectionStringStopsTheApplicationInsteadOfStartingTheEmulator() {
		this.withoutClient.withPropertyValues("servicebus.connection-string=")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("servicebus.connection-string is set but empty"));
	}

	@Test
	void connectionDetailsReplaceTheEmulator() {
		this.withoutClient
			.withBean("own", ServiceBusConnectionDetails.class, () -> mock(ServiceBusConnectionDetails.class))
			.run(noEmulator());
	}

	@Test
	void emulatorCanBeSwitchedOff() {
		this.withoutClient.withPropertyValues("servicebus.emulator.enabled=false").run(noEmulator());
	}

	@Test
	void applicationRunsWithoutTheEmulatorsClasses() {
		this.withoutClient.withClassLoader(new FilteredClassLoader(ServiceBusEmulator.class)).run(noEmulator());
	}

	@Test
	void applicationWithoutEmulatorAndConnectionFails() {
		this.runner.withClassLoader(new FilteredClassLoader(ServiceBusEmulator.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ConnectionNotConfiguredException.class));
	}

	@Test
	void emulatorOfTheApplicationIsUsed() {
		try (ServiceBusEmulator own = ServiceBusEmulator.builder().build().start()) {
			this.runner.withBean(ServiceBusEmulator.class, () -> own)
				.run((context) -> assertThat(context.getBean(ServiceBusConnectionDetails.class).connectionString())
					.isEqualTo(own.connectionString()));
		}
	}

	@Test
	void queuesAreAsThePropertiesSay() {
		this.withoutClient
			.withPropertyValues("servicebus.emulator.queues.orders.lock-duration=5s",
					"servicebus.emulator.queues.orders.max-delivery-count=3",
					"servicebus.emulator.queues.orders.default-message-time-to-live=1h",
					"servicebus.emulator.queues.orders.dead-lettering-on-message-expiration=true",
					"servicebus.emulator.queues.events=")
			.run((context) -> {
				ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
				assertThat(emulator.queues()).containsExactly("events", "orders");
				assertThat(emulator.queue("orders").options()).satisfies((options) -> {
					assertThat(options.lockDuration()).isEqualTo(Duration.ofSeconds(5));
					assertThat(options.maxDeliveryCount()).isEqualTo(3);
					assertThat(options.defaultTimeToLive()).isEqualTo(Duration.ofHours(1));
					assertThat(options.deadLetteringOnMessageExpiration()).isTrue();
				});
			});
	}

	@Test
	void queuesHaveSessionsForwardingAndDuplicateDetection() {
		this.withoutClient
			.withPropertyValues("servicebus.emulator.queues.steps.requires-session=true",
					"servicebus.emulator.queues.steps.forward-dead-lettered-messages-to=failures",
					"servicebus.emulator.queues.failures.duplicate-detection-history-time-window=1m",
					"servicebus.emulator.queues.inbox.forward-to=failures")
			.run((context) -> {
				ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
				assertThat(emulator.queue("steps").options()).satisfies((options) -> {
					assertThat(options.requiresSession()).isTrue();
					assertThat(options.forwardDeadLetteredMessagesTo()).isEqualTo("failures");
				});
				assertThat(emulator.queue("failures").options().duplicateDetectionWindow())
					.isEqualTo(Duration.ofMinutes(1));
				assertThat(emulator.queue("inbox").options().forwardTo()).isEqualTo("failures");
			});
	}

	@Test
	void topicsHaveSubscriptionsWithRules() {
		this.withoutClient
			.withPropertyValues("servicebus.emulator.topics.events.default-message-time-to-live=1h",
					"servicebus.emulator.topics.events.subscriptions.audit=",
					"servicebus.emulator.topics.events.subscriptions.europe.max-delivery-count=2",
					"servicebus.emulator.topics.events.subscriptions.europe.rules.region.filter=region = 'eu'",
					"servicebus.emulator.topics.events.subscriptions.europe.rules.region.action=SET seen = TRUE")
			.run((context) -> {
				ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
				assertThat(emulator.topic("events").options().defaultTimeToLive()).isEqualTo(Duration.ofHours(1));
				assertThat(emulator.topic("events").subscriptions()).containsExactly("audit", "europe");
				assertThat(emulator.subscription("events", "europe").options().maxDeliveryCount()).isEqualTo(2);
				assertThat(emulator.subscription("events", "europe").rules()).singleElement()
					.satisfies((rule) -> assertThat(rule.name()).isEqualTo("region"));
			});
	}

	@Test
	void filterThatIsNoSqlIsReportedWithItsProperty() {
		this.withoutClient
			.withPropertyValues("servicebus.emulator.topics.events.subscriptions.audit.rules.r.filter=region ==")
			.run((context) -> assertThat(context).getFailure()
				.satisfies((failure) -> assertThat(failure)
					.hasStackTraceContaining(InvalidConfigurationPropertyValueException.class.getName())
					.hasStackTraceContaining("servicebus.emulator.topics.events.subscriptions.audit.rules.r.filter")));
	}

	@Test
	void queuesAreCreatedWhenTheyAreUsed() {
		this.runner.run((context) -> {
			context.getBean(ServiceBusTemplate.class).send("new", "hello");
			assertThat(context.getBean(ServiceBusEmulator.class).queues()).containsExactly("new");
		});
	}

	@Test
	void queueThatDoesNotExistIsRefusedIfNoneAreCreated() {
		this.runner.withPropertyValues("servicebus.emulator.auto-create=false")
			.run((context) -> assertThatExceptionOfType(MessagingEntityNotFoundException.class)
				.isThrownBy(() -> context.getBean(ServiceBusTemplate.class).send("missing", "hello"))
				.withMessageContaining("missing"));
	}

	@Test
	void customizersAreCalled() {
		this.withoutClient.withBean(ServiceBusEmulatorBuilderCustomizer.class, () -> (builder) -> builder.queue("mine"))
			.run((context) -> assertThat(context.getBean(ServiceBusEmulator.class).queues()).containsExactly("mine"));
	}

	@Test
	void lockDurationThatIsOutOfRangeIsReportedWithItsProperty() {
		this.withoutClient.withPropertyValues("servicebus.emulator.queues.orders.lock-duration=1s")
			.run((context) -> assertThat(context).getFailure()
				.satisfies((failure) -> assertThat(failure)
					.hasStackTraceContaining(InvalidConfigurationPropertyValueException.class.getName())
					.hasStackTraceContaining("servicebus.emulator.queues.orders.lock-duration")));
	}

	@Test
	void portThatDoesNotExistIsReportedWithItsProperty() {
		this.withoutClient.withPropertyValues("servicebus.emulator.port=70000")
			.run((context) -> assertThat(context).getFailure()
				.satisfies((failure) -> assertThat(failure)
					.hasStackTraceContaining(InvalidConfigurationPropertyValueException.class.getName())
					.hasStackTraceContaining("servicebus.emulator.port")));
	}

	@Test
	void portThatIsTakenStopsTheApplication() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			this.withoutClient.withPropertyValues("servicebus.emulator.port=" + taken.getLocalPort())
				.run((context) -> assertThat(context.getStartupFailure())
					.hasStackTraceContaining(BindFailedException.class.getName())
					.hasStackTraceContaining(String.valueOf(taken.getLocalPort())));
		}
	}

	@Test
	void clientIsClosedBeforeTheEmulator() {
		List<String> destroyed = new ArrayList<>();
		DestructionAwareBeanPostProcessor recorder = (bean, name) -> destroyed.add(name);
		this.runner.withBean(DestructionAwareBeanPostProcessor.class, () -> recorder).run((context) -> {
		});
		assertThat(destroyed).containsSubsequence("serviceBusTemplate", "serviceBusClient", "serviceBusEmulator");
	}

	@Test
	void emulatorIsNotPausedWithTheContext() {
		this.withoutClient.run((context) -> assertThat(context.getBean(ServiceBusEmulator.class))
			.isNotInstanceOf(SmartLifecycle.class));
	}

	private static ContextConsumer<AssertableApplicationContext> noEmulator() {
		return (context) -> assertThat(context).hasNotFailed().doesNotHaveBean("serviceBusEmulator");
	}

}
