package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.converter.MessageTypes;
import dev.servicebus.template.MessageDestination;
import dev.servicebus.template.PayloadDestinations;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.support.GenericMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Where payloads go when nobody says.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TemplateDestinationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
		.withPropertyValues("queues.returns=returned-goods")
		.withBean(MessageTypes.class, () -> MessageTypes.of(Map.of("order", Order.class)));

	@Test
	void annotationNamesTheDestinationOfATypeAndThoseBelow() {
		this.runner.withPropertyValues("servicebus.template.default-destination=rest").run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.send(new Order("1"));
			template.send(new GenericMessage<>(new Order("2")));
			template.message().body(new Order("3")).sendAsync().get(30, TimeUnit.SECONDS);
			template.sendAsync(new Return("4")).get(30, TimeUnit.SECONDS);
			template.send("5");
			assertThat(template.receiveMany("orders", Order.class, 3, PATIENCE)).hasSize(3);
			assertThat(template.receive("returned-goods", Return.class, PATIENCE)).isEqualTo(new Return("4"));
			assertThat(template.receive("rest", String.class, PATIENCE)).isEqualTo("5");
		});
	}

	@Test
	void propertyWinsOverTheAnnotation() {
		this.runner.withPropertyValues("servicebus.template.destinations.order=big-orders").run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			assertThat(template.send(new Order("1")).destination()).isEqualTo("big-orders");
		});
	}

	@Test
	void beanWinsOverBoth() {
		this.runner.withPropertyValues("servicebus.template.destinations.order=big-orders")
			.withBean(PayloadDestinations.class, () -> (type) -> (type == Order.class) ? "huge-orders" : null)
			.run((context) -> {
				ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
				assertThat(template.send(new Order("1")).destination()).isEqualTo("huge-orders");
				assertThat(template.send(new Return("1")).destination()).isEqualTo("returned-goods");
			});
	}

	@Test
	void nameThatNoTypeHasIsReportedWithItsProperty() {
		this.runner.withPropertyValues("servicebus.template.destinations.ordre=orders")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("Property servicebus.template.destinations.ordre ")
				.hasStackTraceContaining("[order]"));
	}

	@Test
	void payloadWithoutADestinationIsRefused() {
		this.runner.run((context) -> assertThatIllegalStateException()
			.isThrownBy(() -> context.getBean(ServiceBusTemplate.class).send("x"))
			.withMessageContaining("servicebus.template.default-destination"));
	}

	@MessageDestination("orders")
	interface Event {

	}

	record Order(String id) implements Event {

	}

	@MessageDestination("${queues.returns}")
	record Return(String id) implements Event {

	}

}
