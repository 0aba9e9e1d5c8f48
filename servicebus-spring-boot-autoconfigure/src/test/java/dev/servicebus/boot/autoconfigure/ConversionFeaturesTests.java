package dev.servicebus.boot.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.converter.HeaderMapper;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.web.JsonPath;
import org.springframework.data.web.ProjectedPayload;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.AbstractMessageConverter;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.MimeType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What payloads and headers become on their way through the broker to a listener.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConversionFeaturesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
		.withBean(Orders.class);

	@Test
	void propertiesKeepTheirTypes() {
		Map<String, Object> properties = new HashMap<>();
		properties.put("text", "x");
		properties.put("long", 7L);
		properties.put("int", 7);
		properties.put("double", 0.5);
		properties.put("flag", true);
		properties.put("instant", Instant.parse("2030-01-02T03:04:05Z"));
		properties.put("time", OffsetDateTime.parse("2030-01-02T03:04:05Z"));
		properties.put("duration", Duration.ofSeconds(5));
		properties.put("uuid", UUID.fromString("00000000-0000-0000-0000-000000000001"));
		run(this.runner, (template, orders) -> {
			template.send("orders", new Order("7"), properties);
			assertThat(orders.next().headers()).containsAllEntriesOf(properties);
		});
	}

	@Test
	void patternsChooseHeadersInBothDirections() {
		run(this.runner.withPropertyValues("servicebus.conversion.sent-headers.include=shop-*,region",
				"servicebus.conversion.received-headers.exclude=region"), (template, orders) -> {
					Map<String, Object> headers = Map.of("shop-id", 1, "region", "eu", "other", 2);
					template.send("copies", new Order("7"), headers);
					assertThat(template.peek("copies", 1)).singleElement()
						.satisfies((message) -> assertThat(message.applicationProperties())
							.isEqualTo(Map.of("shop-id", 1, "region", "eu")));
					template.send("orders", new Order("7"), headers);
					assertThat(orders.next().headers()).containsEntry("shop-id", 1)
						.doesNotContainKeys("region", "other");
				});
	}

	@Test
	void headerMapperOfTheApplicationIsUsed() {
		HeaderMapper standard = HeaderMapper.standard();
		HeaderMapper shouting = new HeaderMapper() {

			@Override
			public void toMessage(Map<String, ?> headers, ServiceBusMessage.Builder message) {
				standard.toMessage(headers, message);
				message.applicationProperty("sent-by", "us");
			}

			@Override
			public Map<String, Object> toHeaders(ServiceBusReceivedMessage message) {
				return Map.of("from", message.applicationProperties().get("sent-by"));
			}

		};
		run(this.runner.withBean(HeaderMapper.class, () -> shouting), (template, orders) -> {
			template.send("orders", new Order("7"));
			assertThat(orders.next().headers()).containsEntry("from", "us").hasSize(1);
		});
	}

	@Test
	void headersOfUnexpectedTypesAreConverted() {
		run(this.runner, (template, orders) -> {
			template.send("later",
					MessageBuilder.withPayload("x")
						.setHeader("x-delay", "3600000")
						.setHeader("azure_service_bus_time_to_live", "2h")
						.build());
			assertThat(template.peek("later", 1)).singleElement().satisfies((message) -> {
				assertThat(message.timeToLive()).isEqualTo(Duration.ofHours(2));
				assertThat(message.scheduledEnqueueTime()).isNotNull();
			});
		});
	}

	@Test
	void emptyBodiesAreSentAndReceived() {
		run(this.runner, (template, orders) -> {
			template.send("orders", Optional.empty());
			assertThat(orders.next().order()).isEmpty();
			template.to("orders").subject("ping").send();
			assertThat(orders.next().order()).isEmpty();
			template.send("texts", Optional.empty());
			assertThat(template.receive("texts", String.class, PATIENCE)).isEmpty();
		});
	}

	@Test
	void valuesAndSequencesOfOtherClientsAreRead() {
		run(this.runner, (template, orders) -> {
			template.send("orders", ServiceBusMessage.builder().value(Map.of("id", "7")).build());
			assertThat(orders.next().order()).contains(new Order("7"));
			template.send("orders", ServiceBusMessage.builder().value("{\"id\":\"8\"}").build());
			assertThat(orders.next().order()).contains(new Order("8"));
			template.send("lists", ServiceBusMessage.builder().sequence(List.of("a", "b")).build());
			assertThat(template.receive("lists", List.class, PATIENCE)).isEqualTo(List.of("a", "b"));
		});
	}

	@Test
	void interfaceShowsPartsOfAPayload() {
		run(this.runner, (template, orders) -> {
			template.send("summaries", Map.of("id", "7", "customer", Map.of("city", "London")));
			Summary summary = template.receive("summaries", Summary.class, PATIENCE);
			assertThat(summary.getId()).isEqualTo("7");
			assertThat(summary.city()).isEqualTo("London");
		});
	}

	@Test
	void contentTypeChoosesTheConverter() {
		ServiceBusMessageConverterBuilderCustomizer plain = (builder) -> builder
			.payloads(MimeType.valueOf("application/x-order"), new PlainOrders());
		run(this.runner.withBean(ServiceBusMessageConverterBuilderCustomizer.class, () -> plain),
				(template, orders) -> {
					template.to("orders").body(new Order("7")).contentType("application/x-order").send();
					template.send("orders", new Order("8"));
					assertThat(orders.next().order()).contains(new Order("7"));
					assertThat(orders.next().order()).contains(new Order("8"));
					template.to("other").body(new Order("9")).contentType("application/x-order").send();
					assertThat(template.receive("other", String.class, PATIENCE)).isEqualTo("order 9");
				});
	}

	@Test
	void largeBodiesAreCompressedOnTheirWay() {
		Order large = new Order("7".repeat(10_000));
		this.runner.withPropertyValues("servicebus.conversion.compression.min-size=1KB").run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.send("large", large);
			assertThat(context.getBean(ServiceBusEmulator.class).queue("large").messages()).singleElement()
				.satisfies((message) -> assertThat(message.body()).hasSizeLessThan(1000));
			assertThat(template.receive("large", Order.class, PATIENCE)).isEqualTo(large);
			template.send("orders", large);
			assertThat(context.getBean(Orders.class).next().order()).contains(large);
		});
	}

	@Test
	void bodyThatBecomesTooLargeIsDeadLettered() {
		run(this.runner.withPropertyValues("servicebus.conversion.compression.min-size=1KB",
				"servicebus.conversion.compression.max-inflated-size=5KB"), (template, orders) -> {
					template.send("orders", new Order("7".repeat(10_000)));
					assertThat(template.receive("orders/$DeadLetterQueue", ServiceBusReceivedMessage.class, PATIENCE)
						.deadLetterErrorDescription()).contains("max-inflated-size");
				});
	}

	@Test
	void sizeThatMakesNoSenseIsReportedWithItsProperty() {
		this.runner.withPropertyValues("servicebus.conversion.compression.max-inflated-size=0")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("Property servicebus.conversion.compression.max-inflated-size "));
	}

	private static void run(ApplicationContextRunner runner, Use use) {
		runner.run((context) -> use.with(context.getBean(ServiceBusTemplate.class), context.getBean(Orders.class)));
	}

	interface Use {

		void with(ServiceBusTemplate template, Orders orders) throws Exception;

	}

	static class Orders {

		private final BlockingQueue<Handled> handled = new LinkedBlockingQueue<>();

		@ServiceBusListener(queue = "orders")
		void handle(@Payload(required = false) Optional<Order> order, @Headers Map<String, Object> headers) {
			this.handled.add(new Handled(order, headers));
		}

		Handled next() {
			try {
				return this.handled.poll(30, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	record Handled(Optional<Order> order, Map<String, Object> headers) {

	}

	record Order(String id) {

	}

	@ProjectedPayload
	interface Summary {

		String getId();

		@JsonPath("$.customer.city")
		String city();

	}

	static class PlainOrders extends AbstractMessageConverter {

		PlainOrders() {
			super(MimeType.valueOf("application/x-order"));
		}

		@Override
		protected boolean supports(Class<?> type) {
			return type == Order.class;
		}

		@Override
		protected Object convertToInternal(Object payload, MessageHeaders headers, Object hint) {
			return ("order " + ((Order) payload).id()).getBytes(StandardCharsets.UTF_8);
		}

		@Override
		protected Object convertFromInternal(Message<?> message, Class<?> type, Object hint) {
			return new Order(new String((byte[]) message.getPayload(), StandardCharsets.UTF_8).substring(6));
		}

	}

}
