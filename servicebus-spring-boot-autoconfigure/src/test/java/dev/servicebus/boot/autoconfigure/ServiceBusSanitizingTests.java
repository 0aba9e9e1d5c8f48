package dev.servicebus.boot.autoconfigure;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServiceBusSanitizingTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceBusAutoConfiguration.class))
		.withPropertyValues(
				"servicebus.connection-string=Endpoint=sb://x.example;SharedAccessKeyName=n;SharedAccessKey=k");

	@ParameterizedTest
	@ValueSource(strings = { "servicebus.connection-string", "servicebus.connectionString",
			"SERVICEBUS_CONNECTION_STRING", "SERVICEBUS_CONNECTIONSTRING", "servicebus.credential.client-secret",
			"SERVICEBUS_CREDENTIAL_CLIENT_SECRET", "servicebus.proxy.password",
			"servicebus.namespaces.eu.connection-string", "SERVICEBUS_NAMESPACES_EU_CONNECTION_STRING",
			"servicebus.namespaces.eu.proxy.password" })
	void secretsAreHidden(String key) {
		this.runner.run((context) -> assertThat(show(context.getBean(SanitizingFunction.class), key))
			.isEqualTo(SanitizableData.SANITIZED_VALUE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "servicebus.namespace", "servicebus.credential.client-id" })
	void everythingElseIsShown(String key) {
		this.runner
			.run((context) -> assertThat(show(context.getBean(SanitizingFunction.class), key)).isEqualTo("value"));
	}

	@Test
	void applicationRunsWithoutActuator() {
		this.runner.withClassLoader(new FilteredClassLoader(SanitizingFunction.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("serviceBusSanitizingFunction"));
	}

	private static Object show(SanitizingFunction function, String key) {
		return function.applyUnlessFiltered(new SanitizableData(null, key, "value")).getValue();
	}

}
