package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.client.admin.http.ServiceBusAdministrationClient;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with two namespaces: its own, and one named {@code eu}.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NamespacesTests {

	private final TwoNamespaces namespaces = new TwoNamespaces(ServiceBusEmulator.builder().queue("orders").build(),
			ServiceBusEmulator.builder().queue("orders").build());

	private final ApplicationContextRunner runner = this.namespaces.runner();

	@AfterEach
	void stop() {
		this.namespaces.close();
	}

	@Test
	void qualifierDecidesWhichNamespaceIsUsed() {
		this.runner.withBean(Templates.class).run((context) -> {
			Templates templates = context.getBean(Templates.class);
			templates.own.send("orders", "for everybody");
			templates.eu.send("orders", "for Europe");
			assertThat(templates.eu.receive("orders", String.class, Duration.ofSeconds(30))).isEqualTo("for Europe");
			assertThat(templates.own.receive("orders", String.class, Duration.ofSeconds(30)))
				.isEqualTo("for everybody");
		});
	}

	@Test
	void listenersNameTheirNamespace() {
		this.runner.withBean(Handler.class).run((context) -> {
			context.getBean(ServiceBusTemplate.class).send("orders", "a");
			context.getBean("euServiceBusTemplate", ServiceBusTemplate.class).send("orders", "b");
			BlockingQueue<String> handled = context.getBean(Handler.class).handled;
			assertThat(List.of(handled.poll(30, TimeUnit.SECONDS), handled.poll(30, TimeUnit.SECONDS)))
				.containsExactlyInAnyOrder("own a", "eu b");
		});
	}

	@Test
	void namespaceIsAdministeredByItsOwnClient() {
		this.runner.run((context) -> {
			context.getBean("euServiceBusAdministrationClient", ServiceBusAdministrationClient.class)
				.queues()
				.delete("orders");
			assertThat(this.namespaces.eu.queues()).isEmpty();
			assertThat(this.namespaces.own.queues()).containsExactly("orders");
		});
	}

	@Test
	void clientsOfNamespacesAreNoDefaultCandidates() {
		this.runner.run((context) -> {
			assertThat(context.getBeanProvider(ServiceBusClient.class).getIfUnique())
				.isSameAs(context.getBean("serviceBusClient"));
			assertThat(context).hasBean("euServiceBusClient");
		});
	}

	@Test
	void refusalNamesThePropertyOfTheNamespace() {
		this.runner.withPropertyValues("servicebus.namespaces.us.transport-type=amqp")
			.run((context) -> assertRefusal(context.getStartupFailure(), "servicebus.namespaces.us.connection-string"));
		this.runner.withPropertyValues("servicebus.namespaces.eu.ssl.bundle=gateway")
			.run((context) -> assertRefusal(context.getStartupFailure(), "servicebus.namespaces.eu.ssl.bundle"));
	}

	private static void assertRefusal(Throwable failure, String property) {
		assertThat(failure).hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
			.rootCause()
			.hasFieldOrPropertyWithValue("name", property);
	}

	static final class Templates {

		private final ServiceBusTemplate own;

		private final ServiceBusTemplate eu;

		Templates(ServiceBusTemplate own, @Qualifier("eu") ServiceBusTemplate eu) {
			this.own = own;
			this.eu = eu;
		}

	}

	static class Handler {

		private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();

		@ServiceBusListener(queue = "orders")
		void own(String body) {
			this.handled.add("own " + body);
		}

		@ServiceBusListener(queue = "orders", namespace = "eu")
		void eu(String body) {
			this.handled.add("eu " + body);
		}

	}

}
