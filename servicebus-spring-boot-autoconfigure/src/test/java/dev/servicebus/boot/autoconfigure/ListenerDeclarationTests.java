package dev.servicebus.boot.autoconfigure;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ways to declare listeners, in an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(OutputCaptureExtension.class)
class ListenerDeclarationTests {

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

	private static ServiceBusTemplate template(AssertableApplicationContext context) {
		return context.getBean(ServiceBusTemplate.class);
	}

	private static ServiceBusListenerEndpointRegistry registry(AssertableApplicationContext context) {
		return context.getBean(ServiceBusListenerEndpointRegistry.class);
	}

	static class Regions {

		final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		@ServiceBusListener(id = "regions", queue = { "eu", "us" })
		void handle(String body, ListenerContext context) {
			this.calls.add(context.listenerId() + " " + body);
		}

	}

}
