package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ServiceBusException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.SendInterceptor;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Interceptors of the template, which are beans.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TemplateInterceptorTests {

	private static final OffsetDateTime TIME = OffsetDateTime.parse("2090-01-02T03:04:05Z");

	private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
		.withPropertyValues("servicebus.retry.max-attempts=1", "servicebus.template.reply.queue=replies")
		.withBean("second", SendInterceptor.class, () -> new Recorder("second", 2))
		.withBean("first", SendInterceptor.class, () -> new Recorder("first", 1));

	@Test
	void interceptorsChangeWhatIsSentInTheirOrder() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.send("orders", "x");
			assertThat(this.events).containsExactly("first before", "second before", "second sent", "first sent");
			assertThat(template.receive("orders", ServiceBusReceivedMessage.class, Duration.ofSeconds(30))
				.applicationProperties()).containsEntry("seen-by", "first second ");
		});
	}

	@Test
	void everyWayToSendIsIntercepted() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.sendAsync("orders", "1").get(30, TimeUnit.SECONDS);
			template.schedule("orders", "2", TIME);
			template.to("orders").body("3").scheduleAsync(TIME).get(30, TimeUnit.SECONDS);
			template.sendAll("orders", List.of("4", "5"));
			template.requestAsync("orders", "6", String.class);
			assertThat(template.peek("orders", 10)).hasSize(6)
				.allSatisfy((message) -> assertThat(message.applicationProperties()).containsEntry("seen-by",
						"first second "));
			for (int i = 0; i < 6 * 4; i++) {
				assertThat(this.events.poll(30, TimeUnit.SECONDS)).isNotNull();
			}
			assertThat(this.events).isEmpty();
		});
	}

	@Test
	void failuresAreTold() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			context.getBean(ServiceBusEmulator.class)
				.faults()
				.onSend("orders")
				.always()
				.refuse(FaultError.unauthorized());
			assertThatExceptionOfType(ServiceBusException.class).isThrownBy(() -> template.send("orders", "x"));
			assertThat(this.events).containsExactly("first before", "second before",
					"second ServiceBusAuthorizationException", "first ServiceBusAuthorizationException");
			this.events.clear();
			template.sendAll("orders", List.of("x"));
			assertThat(this.events).contains("first ServiceBusAuthorizationException");
			this.events.clear();
			assertThat(template.sendAsync("orders", "x")).failsWithin(Duration.ofSeconds(30));
			assertThat(this.events).contains("first ServiceBusAuthorizationException");
		});
	}

	@Test
	void nothingIsSentIfOneThrows() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			assertThatIllegalStateException().isThrownBy(() -> template.send("orders", "refused by second"));
			assertThat(this.events).containsExactly("first before", "second before", "first IllegalStateException");
			this.events.clear();
			assertThatIllegalStateException()
				.isThrownBy(() -> template.sendAll("orders", List.of("x", "refused by second")));
			assertThat(this.events).containsExactly("first before", "second before", "first before", "second before",
					"first IllegalStateException", "second IllegalStateException", "first IllegalStateException");
			assertThat(template.peek("orders", 10)).isEmpty();
		});
	}

	private final class Recorder implements SendInterceptor, Ordered {

		private final String name;

		private final int order;

		Recorder(String name, int order) {
			this.name = name;
			this.order = order;
		}

		@Override
		public int getOrder() {
			return this.order;
		}

		@Override
		public ServiceBusMessage before(String destination, ServiceBusMessage message) {
			TemplateInterceptorTests.this.events.add(this.name + " before");
			if (message.bodyAsString().equals("refused by " + this.name)) {
				throw new IllegalStateException("refused");
			}
			String seenBy = (String) message.applicationProperties().getOrDefault("seen-by", "");
			return message.mutate().applicationProperty("seen-by", seenBy + this.name + " ").build();
		}

		@Override
		public void after(String destination, ServiceBusMessage message, Throwable failure) {
			TemplateInterceptorTests.this.events
				.add(this.name + " " + ((failure != null) ? failure.getClass().getSimpleName() : "sent"));
			throw new IllegalArgumentException("this changes nothing");
		}

	}

}
