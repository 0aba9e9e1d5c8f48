package dev.servicebus.boot.autoconfigure.listener;

import java.util.function.UnaryOperator;

import dev.servicebus.boot.autoconfigure.EmulatorTime;
import dev.servicebus.boot.autoconfigure.EmulatorTimeConfiguration;
import dev.servicebus.boot.autoconfigure.ServiceBusAutoConfiguration;
import dev.servicebus.boot.autoconfigure.ServiceBusEmulatorAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

/**
 * An application of Spring Boot with listeners and an emulator of its own. Its queues
 * come into being when somebody uses them.
 */
final class ListenerApplication {

	private final ApplicationContextRunner runner;

	private ListenerApplication(ApplicationContextRunner runner) {
		this.runner = runner;
	}

	/**
	 * An application with these beans or configurations, and with {@link Calls}.
	 */
	static ListenerApplication of(Class<?>... configurations) {
		return new ListenerApplication(new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class,
							JacksonAutoConfiguration.class, ValidationAutoConfiguration.class))
			.withBean(Calls.class)
			.withUserConfiguration(configurations));
	}

	ListenerApplication with(String... properties) {
		return new ListenerApplication(this.runner.withPropertyValues(properties));
	}

	ListenerApplication with(Class<?>... configurations) {
		return new ListenerApplication(this.runner.withUserConfiguration(configurations));
	}

	ListenerApplication change(UnaryOperator<ApplicationContextRunner> change) {
		return new ListenerApplication(change.apply(this.runner));
	}

	/**
	 * Time passes for the listeners only when the test says so.
	 * @see RunningApplication#time
	 */
	ListenerApplication withTimeOfTheEmulator() {
		return with(EmulatorTime.class, EmulatorTimeConfiguration.class);
	}

	/**
	 * Runs a test within the application, which is closed afterwards.
	 */
	void run(Scenario scenario) {
		this.runner.run((context) -> scenario.run(new RunningApplication(context)));
	}

	@FunctionalInterface
	interface Scenario {

		void run(RunningApplication application) throws Exception;

	}

}
