package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.template.ServiceBusTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listener methods can do, in an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ListenerFeaturesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class));

	@Test
	void requestOfTheTemplateIsAnsweredByAListener() {
		this.runner.withBean(Prices.class)
			.withPropertyValues("servicebus.template.reply.queue=replies")
			.run((context) -> {
				ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
				assertThat(template.request("prices", new PriceOf("apple"), Price.class))
					.isEqualTo(new Price("apple", 5));
				assertThat(template.request("later-prices", new PriceOf("apple"), Price.class))
					.isEqualTo(new Price("apple", 5));
			});
	}

	@Test
	void resultGoesToTheNextQueue() {
		this.runner.withBean(Prices.class).run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.send("prices", new PriceOf("pear"));
			assertThat(template.receive("prices-asked", Price.class, PATIENCE)).isEqualTo(new Price("pear", 4));
		});
	}

	@Test
	void replyOfATransactionalListenerIsPartOfItsTransaction() {
		this.runner.withBean(Ledger.class)
			.withPropertyValues("servicebus.cross-entity-transactions=true")
			.run((context) -> {
				ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
				template.send("bookings", "7");
				assertThat(template.receive("booked", String.class, PATIENCE)).isEqualTo("booked 7");
				Awaitility.await()
					.atMost(PATIENCE)
					.until(() -> context.getBean(ServiceBusEmulator.class).queue("bookings").messages().isEmpty());
			});
	}

	static class Ledger {

		@ServiceBusListener(queue = "bookings", transactional = "true")
		@SendTo("booked")
		String book(String number) {
			return "booked " + number;
		}

	}

	@Test
	void batchIsCompletedButForTheMessageThatFailed() {
		this.runner.withBean(Stock.class).withPropertyValues("servicebus.listener.batch.max-wait=5s").run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.sendAll("stock", List.of("apple", "worm", "pear"));
			Stock stock = context.getBean(Stock.class);
			assertThat(stock.batches.poll(30, TimeUnit.SECONDS)).containsExactly("apple", "worm", "pear");
			assertThat(template.receive("stock/$DeadLetterQueue", String.class, PATIENCE)).isEqualTo("worm");
			assertThat(stock.batches.poll(30, TimeUnit.SECONDS)).containsExactly("pear");
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> context.getBean(ServiceBusEmulator.class).queue("stock").messages().isEmpty());
		});
	}

	static class Stock {

		final BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();

		@ServiceBusListener(queue = "stock", batch = "3", retry = "none")
		void add(List<String> fruits) {
			this.batches.add(fruits);
			int worm = fruits.indexOf("worm");
			if (worm >= 0) {
				throw new BatchListenerFailedException(worm, new IllegalStateException("it is alive"));
			}
		}

	}

	static class Prices {

		@ServiceBusListener(queue = "prices")
		@SendTo("prices-asked")
		Price price(PriceOf request) {
			return new Price(request.fruit(), request.fruit().length());
		}

		@ServiceBusListener(queue = "later-prices")
		Mono<Price> priceLater(PriceOf request) {
			return Mono.just(price(request));
		}

	}

	record PriceOf(String fruit) {

	}

	record Price(String fruit, int cents) {

	}

}
