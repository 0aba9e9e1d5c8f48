package dev.servicebus.boot.autoconfigure;

import dev.servicebus.emulator.ServiceBusEmulator;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * An application with two namespaces, its own and one named {@code eu}, which run until
 * this is closed.
 */
final class TwoNamespaces implements AutoCloseable {

	final ServiceBusEmulator own;

	final ServiceBusEmulator eu;

	TwoNamespaces(ServiceBusEmulator own, ServiceBusEmulator eu) {
		this.own = own.start();
		this.eu = eu.start();
	}

	ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ServiceBusAutoConfiguration.class))
			.withPropertyValues("servicebus.connection-string=" + this.own.connectionString(),
					"servicebus.namespaces.eu.connection-string=" + this.eu.connectionString());
	}

	@Override
	public void close() {
		this.own.close();
		this.eu.close();
	}

}
