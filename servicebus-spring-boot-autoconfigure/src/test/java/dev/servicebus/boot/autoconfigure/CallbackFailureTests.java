package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.endpoint.ListenerOptionsCustomizer;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Everything that an application can hang into a listener throws (F47 of the failure
 * classes): a trace of it is in the log, and the listener goes on.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(OutputCaptureExtension.class)
class CallbackFailureTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
		.withUserConfiguration(TroubledApplication.class)
		.withPropertyValues("servicebus.listener.retry.max-attempts=1", "servicebus.listener.shutdown-timeout=0s",
				"servicebus.emulator.queues.baskets.requires-session=true");

	static Stream<Arguments> callbacks() {
		return Stream
			.of("converter", "argument resolver", "filter", "interceptor before", "interceptor after", "listener",
					"result", "error handler", "dead-letter handler", "monitor", "event listener", "executor",
					"session opened", "session closing", "session state", "lock lost", "stop callback",
					"process convention", "settle convention", "observation start", "observation scope",
					"observation scope end", "observation stop", "settlement callback")
			.flatMap((name) -> Stream.of(Arguments.of(name, Trouble.Kind.EXCEPTION),
					Arguments.of(name, Trouble.Kind.ERROR)));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("callbacks")
	void callbackThatThrowsLeavesATraceAndStopsNothing(String name, Trouble.Kind kind, CapturedOutput output) {
		this.runner.run((context) -> {
			Trouble trouble = context.getBean(Trouble.class);
			trouble.expect(name, kind);
			provoke(context, name);
			await(name + " is called").atMost(PATIENCE).until(trouble::hasHappened);
			trouble.end();
			listener(context).start();
			sendGoodMessages(context);
			assertThat(context.getBean(TroubledApplication.class).nextGood()).containsExactlyInAnyOrder("good",
					"good basket");
			ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(emulator.queue("orders").messages())
					.as("messages that are left after trouble at the " + name)
					.isEmpty());
			// The program holds the future that has failed, so it can tell itself.
			if (!name.equals("settlement callback")) {
				await().atMost(PATIENCE).until(() -> output.getAll().contains("trouble at the " + name));
			}
		});
	}

	@Test
	void customizerThatThrowsStopsTheStartOfTheApplication() {
		this.runner.withBean(ListenerOptionsCustomizer.class, () -> (id, options) -> {
			throw new IllegalStateException("trouble at the customizer");
		})
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("trouble at the customizer"));
	}

	private static void provoke(AssertableApplicationContext context, String name) throws InterruptedException {
		ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
		ServiceBusListenerContainer container = listener(context);
		switch (name) {
			case "error handler", "dead-letter handler" -> template.send("orders", "bad");
			case "event listener" -> container.pause();
			case "stop callback" -> container.stop(() -> context.getBean(Trouble.class).at("stop callback"));
			case "lock lost" -> {
				template.send("orders", "slow");
				context.getBean(TroubledApplication.class).awaitSlow();
				container.stop();
				context.getBean(TroubledApplication.class).endSlow();
			}
			default -> {
				template.send("orders", "order");
				template.send("baskets", ServiceBusMessage.builder().body("basket").sessionId("s").build());
			}
		}
		container.resume();
	}

	private static void sendGoodMessages(AssertableApplicationContext context) {
		ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
		template.send("orders", "good");
		template.send("baskets", ServiceBusMessage.builder().body("good basket").sessionId("t").build());
	}

	private static ServiceBusListenerContainer listener(AssertableApplicationContext context) {
		return context.getBean(ServiceBusListenerEndpointRegistry.class)
			.getListenerContainers()
			.stream()
			.filter((container) -> List.of("orders").contains(container.id()))
			.findFirst()
			.orElseThrow();
	}

}
