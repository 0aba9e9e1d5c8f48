package dev.servicebus.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import dev.servicebus.listener.MessageFilter;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.listener.support.ManualExecutor;
import dev.servicebus.listener.support.RecordingMonitor;
import dev.servicebus.listener.support.VirtualTime;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stands around an annotated method: filter, executor and advice.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ServiceBusListenerSurroundingsTests {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@BeforeEach
	void start() {
		this.context.register(ListenerTestConfiguration.class, Surroundings.class);
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void filterOfAListenerIsAskedForThatListenerOnly() {
		publish("filtered", "unwanted", "wanted");
		publish("plain", "unwanted");
		assertThat(calls()).containsExactly("filtered wanted", "plain unwanted");
		assertThat(source("filtered").dispositions()).hasSize(2).containsOnly(new Disposition.Complete());
		assertThat(this.context.getBean(RecordingMonitor.class).events()).containsExactly("skipped Complete[]");
	}

	@Test
	void listenerRunsOnItsOwnExecutor() {
		publish("own", "a");
		assertThat(calls()).isEmpty();
		this.context.getBean("listenerExecutor", ManualExecutor.class).runAll();
		assertThat(calls()).containsExactly("own a");
	}

	@Test
	void adviceOfTheFactoryStandsAroundTheMethod() {
		publish("advised", "a");
		assertThat(calls()).containsExactly("outer onMessage", "inner onMessage", "advised a");
	}

	private void publish(String queue, String... bodies) {
		for (String body : bodies) {
			source(queue).publish(FakeClient.message(body));
		}
	}

	private FakeSource source(String queue) {
		return this.context.getBean(FakeClient.class).source(queue);
	}

	private List<String> calls() {
		return this.context.getBean(Surroundings.class).calls;
	}

	@Configuration(proxyBeanMethods = false)
	static class Surroundings {

		final List<String> calls = new ArrayList<>();

		@Bean
		MessageFilter wanted() {
			return (message) -> message.bodyAsString().equals("wanted");
		}

		@Bean
		ServiceBusListenerContainerFactory advised(FakeClient client, VirtualTime time, RecordingMonitor monitor) {
			return new ServiceBusListenerContainerFactory(
					new ContainerServices(client, Runnable::run, time, RandomGenerator.getDefault(), monitor))
				.withAdvice(List.of(noting("outer"), noting("inner")));
		}

		private MethodInterceptor noting(String name) {
			return (invocation) -> {
				if (invocation.getMethod().getDeclaringClass() == MessageListener.class) {
					this.calls.add(name + " " + invocation.getMethod().getName());
				}
				return invocation.proceed();
			};
		}

		@ServiceBusListener(queue = "filtered", filter = "wanted")
		void filtered(String body) {
			this.calls.add("filtered " + body);
		}

		@ServiceBusListener(queue = "plain")
		void plain(String body) {
			this.calls.add("plain " + body);
		}

		@ServiceBusListener(queue = "own", executor = "listenerExecutor")
		void own(String body) {
			this.calls.add("own " + body);
		}

		@ServiceBusListener(queue = "advised", containerFactory = "advised")
		void advised(String body) {
			this.calls.add("advised " + body);
		}

	}

}
