package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.ScheduledMessage;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A scheduled message that is moved or replaced is never lost: not by duplicate
 * detection, and not by somebody who replaces it at the same time.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TemplateReschedulingTests {

	private static final OffsetDateTime TIME = OffsetDateTime.parse("2090-01-02T03:04:05Z");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
		.withPropertyValues("servicebus.emulator.queues.unique.duplicate-detection-history-time-window=10m",
				"servicebus.template.message-ids=content");

	@Test
	void moveKeepsTheMessageWhereDuplicatesAreDropped() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			ScheduledMessage handle = template.to("unique").body("call").messageId("7".repeat(128)).schedule(TIME);
			handle = template.move(template.move(handle, TIME.plusDays(1)), TIME.plusDays(2));
			assertThat(template.peekScheduled("unique")).singleElement().satisfies((message) -> {
				assertThat(message.bodyAsString()).isEqualTo("call");
				assertThat(message.scheduledEnqueueTime()).isEqualTo(TIME.plusDays(2));
				assertThat(message.messageId()).startsWith("777").hasSizeLessThanOrEqualTo(128);
			});
			template.cancel(handle);
			assertThat(template.peekScheduled("unique")).isEmpty();
		});
	}

	@ParameterizedTest
	@CsvSource({ "unique", "reminders" })
	void keyKeepsTheMessageWhereDuplicatesAreDropped(String queue) {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.to(queue).body("pay").scheduleKey("order-7").schedule(TIME);
			template.to(queue).body("pay").scheduleKey("order-7").schedule(TIME.plusDays(1));
			assertThat(template.peekScheduled(queue)).extracting(ServiceBusReceivedMessage::scheduledEnqueueTime)
				.containsExactly(TIME.plusDays(1));
		});
	}

	@Test
	void oneOfSeveralThatAreReplacedAtTheSameTimeIsLeft() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			List<CompletableFuture<ScheduledMessage>> replacements = IntStream.range(0, 20)
				.mapToObj((i) -> template.to("reminders").body("pay " + i).scheduleKey("order-7").scheduleAsync(TIME))
				.toList();
			assertThat(CompletableFuture.allOf(replacements.toArray(new CompletableFuture<?>[0])))
				.succeedsWithin(Duration.ofSeconds(30));
			assertThat(template.peekScheduled("reminders")).hasSize(1);
		});
	}

}
