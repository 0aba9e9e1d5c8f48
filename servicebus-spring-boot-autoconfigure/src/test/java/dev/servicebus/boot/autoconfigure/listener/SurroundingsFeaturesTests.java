package dev.servicebus.boot.autoconfigure.listener;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.boot.autoconfigure.ServiceBusListenerContainerFactoryConfigurer;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.Interception;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerInterceptor;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageFilter;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ListenerDefinition;
import dev.servicebus.listener.container.ListenerThreads;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stands around a listener, and containers that an application makes by itself.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SurroundingsFeaturesTests {

	private final ListenerApplication application = ListenerApplication.of(Surroundings.class);

	@Test
	void interceptorsStandAroundTheListenerAndMaySkipIt() {
		this.application.with(Interceptors.class).run((application) -> {
			application.send("plain", "spam", "order");
			assertThat(application.nextCall()).containsExactly("before spam");
			assertThat(application.nextCall()).containsExactly("after spam");
			assertThat(application.nextCall()).containsExactly("before order");
			assertThat(application.nextCall()).containsExactly("plain order");
			assertThat(application.nextCall()).containsExactly("after order");
			application.awaitMessages("plain", 0);
			assertThat(application.deadLetter("plain").deadLetterReason()).isEqualTo("Spam");
		});
	}

	@Test
	void filterCompletesWhatItDoesNotAcceptForItsListenerOnly() {
		this.application.run((application) -> {
			application.send("filtered", "spam", "order");
			assertThat(application.nextCall()).containsExactly("filtered order");
			application.awaitCompleted("filtered");
			application.send("plain", "spam");
			assertThat(application.nextCall()).containsExactly("plain spam");
			application.awaitCompleted("plain");
		});
	}

	@Test
	void listenerRunsOnItsOwnExecutor() {
		this.application.run((application) -> {
			application.send("own", "order");
			assertThat(application.nextCall()).containsExactly("own order on kitchen");
		});
	}

	@Test
	void adviceOfAFactoryStandsAroundItsListeners() {
		this.application.run((application) -> {
			application.send("advised", "order");
			assertThat(application.nextCall()).containsExactly("outer");
			assertThat(application.nextCall()).containsExactly("inner");
			assertThat(application.nextCall()).containsExactly("advised order");
		});
	}

	@Test
	void containerThatIsMadeByHandIsABeanLikeAnyOther() {
		this.application.run((application) -> {
			application.send("by-hand", "order");
			assertThat(application.nextCall()).containsExactly("by hand order");
			application.awaitCompleted("by-hand");
			application.stop();
			assertThat(application.bean(ServiceBusListenerContainer.class).isRunning()).isFalse();
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Surroundings {

		private final Calls calls;

		Surroundings(Calls calls) {
			this.calls = calls;
		}

		@ServiceBusListener(queue = "plain")
		void plain(String body) {
			this.calls.add("plain " + body);
		}

		@ServiceBusListener(queue = "filtered", filter = "noSpam")
		void filtered(String body) {
			this.calls.add("filtered " + body);
		}

		@ServiceBusListener(queue = "own", executor = "kitchen")
		void own(String body) {
			this.calls.add("own " + body + " on " + Thread.currentThread().getName());
		}

		@ServiceBusListener(queue = "advised", containerFactory = "advisedFactory")
		void advised(String body) {
			this.calls.add("advised " + body);
		}

		@Bean
		MessageFilter noSpam() {
			return (message) -> !message.bodyAsString().equals("spam");
		}

		@Bean
		Executor kitchen() {
			return (task) -> new Thread(task, "kitchen").start();
		}

		@Bean
		ServiceBusListenerContainerFactory advisedFactory(ServiceBusListenerContainerFactoryConfigurer configurer) {
			return configurer.createFactory().withAdvice(List.of(noting("outer"), noting("inner")));
		}

		private MethodInterceptor noting(String name) {
			return (invocation) -> {
				if (invocation.getMethod().getDeclaringClass() == MessageListener.class) {
					this.calls.add(name);
				}
				return invocation.proceed();
			};
		}

		@Bean
		ServiceBusListenerContainer byHand(MessagingClient client, ListenerThreads threads, ListenerMonitor monitor) {
			return new ServiceBusListenerContainer(
					new ListenerDefinition("by-hand", ListenerTarget.queue("by-hand"),
							(message, context) -> this.calls.add("by hand " + message.bodyAsString()),
							ErrorHandler.PROPOSED, ListenerOptions.builder().build()),
					new ContainerServices(client, threads.executor(), threads.scheduler(), new Random(), monitor));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Interceptors {

		@Bean
		ListenerInterceptor noting(Calls calls) {
			return new ListenerInterceptor() {

				@Override
				public Interception before(ServiceBusReceivedMessage message, ListenerContext context) {
					calls.add("before " + message.bodyAsString());
					return message.bodyAsString().equals("spam") ? Interception.skip(Outcome.deadLetter("Spam", "no"))
							: Interception.proceed(message);
				}

				@Override
				public void after(ServiceBusReceivedMessage message, ListenerContext context,
						@Nullable Throwable error) {
					calls.add("after " + message.bodyAsString());
				}

			};
		}

	}

}
