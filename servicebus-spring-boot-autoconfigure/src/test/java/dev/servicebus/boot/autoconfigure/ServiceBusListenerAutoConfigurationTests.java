package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.EnableServiceBus;
import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.endpoint.ListenerOptionsCustomizer;
import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.ListenerInterceptor;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.SessionOptions;
import dev.servicebus.listener.MessageFilter;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ListenerThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.VirtualThreadTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(OutputCaptureExtension.class)
class ServiceBusListenerAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceBusAutoConfiguration.class))
		.withPropertyValues("servicebus.listener.auto-startup=false")
		.withBean(MessagingClient.class, () -> mock(MessagingClient.class))
		.withUserConfiguration(Handlers.class);

	@Test
	void annotatedMethodsAreListeners() {
		this.runner.run((context) -> assertThat(
				context.getBean(ServiceBusListenerEndpointRegistry.class).getListenerContainer("plain"))
			.isNotNull());
	}

	@Test
	void listenersWorkAsThePropertiesSay() {
		this.runner.withPropertyValues("servicebus.listener.concurrency=5")
			.run((context) -> assertThat(options(context, "plain").concurrency()).isEqualTo(Concurrency.of(5)));
	}

	@Test
	void annotationWinsOverPropertiesOfAllListeners() {
		this.runner.withPropertyValues("servicebus.listener.concurrency=5")
			.run((context) -> assertThat(options(context, "busy").concurrency()).isEqualTo(Concurrency.of(7)));
	}

	@Test
	void propertiesOfOneListenerWinOverItsAnnotation() {
		this.runner
			.withPropertyValues("servicebus.listeners.busy.concurrency=2", "servicebus.listeners.busy.retry.delay=3s")
			.run((context) -> {
				assertThat(options(context, "busy").concurrency()).isEqualTo(Concurrency.of(2));
				assertThat(options(context, "busy").retry().delay()).isEqualTo(Duration.ofSeconds(3));
				assertThat(options(context, "plain").concurrency()).isEqualTo(ListenerOptions.DEFAULT_CONCURRENCY);
			});
	}

	@Test
	void customizerHasTheLastWord() {
		ListenerOptionsCustomizer customizer = (id, options) -> options.concurrency(9);
		this.runner.withPropertyValues("servicebus.listeners.busy.concurrency=2")
			.withBean(ListenerOptionsCustomizer.class, () -> customizer)
			.run((context) -> assertThat(options(context, "busy").concurrency()).isEqualTo(Concurrency.of(9)));
	}

	@Test
	void sessionPropertyOfAListenerWithoutSessionsIsRefused() {
		this.runner.withPropertyValues("servicebus.listeners.busy.session.failure-policy=skip")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("servicebus.listeners.busy.session.failure-policy"));
	}

	@Test
	void sessionPropertiesMayEnableSessionsOfOneListener() {
		this.runner
			.withPropertyValues("servicebus.listener.session.idle-timeout=3s",
					"servicebus.listeners.busy.session.enabled=true")
			.run((context) -> {
				assertThat(options(context, "busy").sessions())
					.isEqualTo(SessionOptions.ENABLED.withIdleTimeout(Duration.ofSeconds(3)));
				assertThat(options(context, "plain").sessions().enabled()).isFalse();
			});
	}

	@Test
	void optionOfOneListenerThatIsOutOfRangeIsReportedWithItsProperty() {
		this.runner.withPropertyValues("servicebus.listeners.busy.concurrency=-1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.satisfies((cause) -> assertThat(context.getStartupFailure())
					.hasStackTraceContaining("servicebus.listeners.busy.concurrency")));
	}

	@Test
	void optionOfAllListenersThatIsOutOfRangeIsReportedWithItsProperty() {
		this.runner.withPropertyValues("servicebus.listener.concurrency=-1")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(InvalidConfigurationPropertyValueException.class.getName())
				.hasStackTraceContaining("servicebus.listener.concurrency"));
	}

	@Test
	void propertiesForAListenerThatDoesNotExistAreReported(CapturedOutput output) {
		this.runner.withPropertyValues("servicebus.listeners.bussy.concurrency=2").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).contains("servicebus.listeners.bussy.*");
		});
	}

	@Test
	void propertiesThatListenersDoNotHaveAreReported(CapturedOutput output) {
		this.runner
			.withPropertyValues("servicebus.listeners.busy.concurency=2", "servicebus.listener.retry.delai=2s",
					"servicebus.listener.retry.delay=2s", "servicebus.listeners.busy.concurrency=2")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output).contains("'servicebus.listeners.busy.concurency' has no effect")
					.contains("'servicebus.listener.retry.delai' has no effect")
					.doesNotContain("retry.delay' has no effect")
					.doesNotContain("busy.concurrency' has no effect");
			});
	}

	@Test
	void errorHandlerOfTheApplicationIsUsed() {
		ErrorHandler own = (failure) -> Outcome.abandon();
		this.runner.withBean(ErrorHandler.class, () -> own)
			.run((context) -> assertThat(context.getBean(ServiceBusListenerContainerFactory.class))
				.hasFieldOrPropertyWithValue("errorHandler", own));
	}

	@Test
	void interceptorsOfTheApplicationStandAroundEveryListenerAndFiltersDoNot() {
		ListenerInterceptor first = new ListenerInterceptor() {
		};
		MessageFilter filter = (message) -> false;
		this.runner.withBean(ListenerInterceptor.class, () -> first)
			.withBean(MessageFilter.class, () -> filter)
			.run((context) -> assertThat(context.getBean(ContainerServices.class).interceptors())
				.containsExactly(first));
	}

	@Test
	void containerFactoryOfTheApplicationIsUsed() {
		this.runner.withUserConfiguration(OwnFactory.class).run((context) -> {
			assertThat(context).hasSingleBean(ServiceBusListenerContainerFactory.class);
			assertThat(options(context, "plain").concurrency()).isEqualTo(Concurrency.of(11));
		});
	}

	@Test
	void applicationMayEnableListenersItself() {
		this.runner.withUserConfiguration(Enabled.class)
			.run((context) -> assertThat(
					context.getBean(ServiceBusListenerEndpointRegistry.class).getListenerContainers())
				.hasSize(2));
	}

	@Test
	void executorsAndSchedulersOfSpringBootStayThere() {
		this.runner
			.withConfiguration(
					AutoConfigurations.of(TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class))
			.run((context) -> assertThat(context).hasBean("applicationTaskExecutor"));
	}

	@Test
	void listenersRunOnPlatformThreads() {
		this.runner.run((context) -> assertThat(context.getBean(ContainerServices.class).executor())
			.isNotInstanceOf(VirtualThreadTaskExecutor.class));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void listenersRunOnVirtualThreadsIfTheApplicationDoes() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(context.getBean(ContainerServices.class).executor())
				.isInstanceOf(VirtualThreadTaskExecutor.class));
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void virtualThreadsAreIgnoredWhereThereAreNone() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void threadsOfTheApplicationAreUsed() {
		ListenerThreads own = ListenerThreads.of(Runnable::run);
		this.runner.withBean(ListenerThreads.class, () -> own)
			.run((context) -> assertThat(context.getBean(ContainerServices.class).executor()).isSameAs(own.executor()));
	}

	private static ListenerOptions options(AssertableApplicationContext context, String id) {
		return context.getBean(ServiceBusListenerEndpointRegistry.class).getListenerContainer(id).options();
	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		@ServiceBusListener(id = "plain", queue = "orders")
		void plain(String body) {
		}

		@ServiceBusListener(id = "busy", queue = "events", concurrency = "7")
		void busy(String body) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFactory {

		@Bean
		ServiceBusListenerContainerFactory serviceBusListenerContainerFactory(
				ServiceBusListenerContainerFactoryConfigurer configurer) {
			return configurer.createFactory((options) -> options.concurrency(11));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableServiceBus
	static class Enabled {

	}

}
