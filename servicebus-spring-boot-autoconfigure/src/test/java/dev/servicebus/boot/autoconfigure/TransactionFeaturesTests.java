package dev.servicebus.boot.autoconfigure;

import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Transactions outside of listeners, in an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TransactionFeaturesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
		.withPropertyValues("servicebus.cross-entity-transactions=true",
				"servicebus.emulator.queues.orders.max-delivery-count=10",
				"servicebus.emulator.queues.invoices.max-delivery-count=10")
		.withUserConfiguration(Transactions.class);

	@Test
	void annotatedMethodSendsEverythingOrNothing() {
		this.runner.run((context) -> {
			Shop shop = context.getBean(Shop.class);
			ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
			shop.order("one", false);
			assertThatIllegalStateException().isThrownBy(() -> shop.order("two", true));
			assertThat(bodies(emulator, "orders")).containsExactly("one");
			assertThat(bodies(emulator, "invoices")).containsExactly("for one");
		});
	}

	@Test
	void templateHasTransactionsOfItsOwn() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
			assertThatIllegalStateException().isThrownBy(() -> template.executeInTransaction((operations) -> {
				operations.send("orders", "one");
				throw new IllegalStateException("no");
			}));
			template.executeInTransaction((operations) -> {
				operations.send("orders", "two");
				operations.send("invoices", "for two");
				assertThat(bodies(emulator, "orders")).isEmpty();
				return null;
			});
			assertThat(bodies(emulator, "orders")).containsExactly("two");
			assertThat(bodies(emulator, "invoices")).containsExactly("for two");
		});
	}

	private static List<String> bodies(ServiceBusEmulator emulator, String queue) {
		return emulator.queue(queue).messages().stream().map(StoredMessage::bodyAsString).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	@Import(Shop.class)
	static class Transactions {

	}

	static class Shop {

		private final ServiceBusTemplate template;

		Shop(ServiceBusTemplate template) {
			this.template = template;
		}

		@Transactional("serviceBusTransactionManager")
		void order(String order, boolean fails) {
			this.template.send("orders", order);
			this.template.send("invoices", "for " + order);
			if (fails) {
				throw new IllegalStateException("no stock");
			}
		}

	}

}
