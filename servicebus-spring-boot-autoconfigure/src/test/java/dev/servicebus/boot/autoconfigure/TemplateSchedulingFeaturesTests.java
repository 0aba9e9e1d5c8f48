package dev.servicebus.boot.autoconfigure;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.servicebus.client.MessageNotFoundException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.ScheduledMessage;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is scheduled can be listed and replaced.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TemplateSchedulingFeaturesTests {

	private static final OffsetDateTime TIME = OffsetDateTime.parse("2099-01-01T00:00:00Z");

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ServiceBusEmulatorAutoConfiguration.class, ServiceBusAutoConfiguration.class));

	@Test
	void onlyWhatIsScheduledIsListed() {
		withTemplate((template) -> {
			template.schedule("reminders", "first", TIME);
			template.sendAll("reminders", Collections.nCopies(250, "due"));
			ScheduledMessage last = template.schedule("reminders", "last", TIME);
			assertThat(template.peekScheduled("reminders")).extracting((message) -> message.bodyAsString())
				.containsExactly("first", "last");
			assertThat(template.peekScheduled("reminders"))
				.extracting((message) -> ScheduledMessage.of("reminders", message))
				.contains(last);
			assertThat(template.peekScheduled("nothing")).isEmpty();
		});
	}

	@Test
	void listIsFetchedAsFarAsSomebodyReads() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			for (int i = 0; i < 120; i++) {
				template.to("reminders").body(i).schedule(TIME);
			}
			context.getBean(ServiceBusEmulator.class)
				.faults()
				.onRequest("reminders", "com.microsoft:peek-message")
				.nth(2)
				.refuse(FaultError.of("amqp:not-allowed"));
			Iterator<ServiceBusReceivedMessage> scheduled = template.peekScheduled("reminders").iterator();
			for (int i = 0; i < 100; i++) {
				assertThat(scheduled.next().bodyAsString()).isEqualTo(String.valueOf(i));
			}
			assertThatExceptionOfType(ServiceBusException.class).isThrownBy(scheduled::next);
		});
	}

	@Test
	void keyTakesBackWhatIsScheduledUnderIt() {
		withTemplate((template) -> {
			template.schedule("reminders", "without key", TIME);
			template.to("reminders").body("other").scheduleKey("order-2").schedule(TIME);
			ScheduledMessage first = template.to("reminders").body("first").scheduleKey("order-1").schedule(TIME);
			template.to("reminders").body("second").scheduleKey("order-1").schedule(TIME.plusDays(1));
			ScheduledMessage third = template.to("reminders")
				.body("third")
				.scheduleKey("order-1")
				.scheduleAsync(TIME.plusDays(2))
				.orTimeout(30, TimeUnit.SECONDS)
				.join();
			assertThat(scheduled(template)).containsExactly("without key", "other", "third");
			assertThatExceptionOfType(MessageNotFoundException.class).isThrownBy(() -> template.cancel(first));
			template.cancel(third);
			assertThat(scheduled(template)).containsExactly("without key", "other");
		});
	}

	@Test
	void bothAreScheduledUntilTheNextCallIfTheOtherCannotBeTakenBack() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
			template.to("reminders").body("first").scheduleKey("key").schedule(TIME);
			emulator.faults()
				.onRequest("reminders", "com.microsoft:cancel-scheduled-message")
				.next(1)
				.refuse(FaultError.of("amqp:not-allowed"));
			assertThatExceptionOfType(ServiceBusException.class)
				.isThrownBy(() -> template.to("reminders").body("second").scheduleKey("key").schedule(TIME));
			assertThat(scheduled(template)).containsExactly("first", "second");
			template.to("reminders").body("third").scheduleKey("key").schedule(TIME);
			assertThat(scheduled(template)).containsExactly("third");
		});
	}

	@Test
	void keyIsRefusedInATransaction() {
		withTemplate((template) -> {
			assertThatIllegalStateException()
				.isThrownBy(() -> template.executeInTransaction(
						(within) -> within.to("reminders").body("x").scheduleKey("order-1").schedule(TIME)))
				.withMessageContaining("order-1");
			assertThat(scheduled(template)).isEmpty();
		});
	}

	private void withTemplate(Consumer<ServiceBusTemplate> test) {
		this.runner.run((context) -> test.accept(context.getBean(ServiceBusTemplate.class)));
	}

	private static List<String> scheduled(ServiceBusTemplate template) {
		return template.peekScheduled("reminders").map((message) -> message.bodyAsString()).toList();
	}

}
