package dev.servicebus.boot.autoconfigure;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What is wrong stops the application with the name of its property.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClientPropertiesRefusalTests {

	private static final String CONNECTION_STRING = "servicebus.connection-string=Endpoint=sb://contoso.example;"
			+ "SharedAccessKeyName=name;SharedAccessKey=CANARY";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceBusAutoConfiguration.class));

	private final ApplicationContextRunner connected = this.runner.withPropertyValues(CONNECTION_STRING);

	static Stream<Arguments> refusals() {
		return Stream.of(
				arguments("servicebus.send-buffer-size", "must be positive", List.of("servicebus.send-buffer-size=0B")),
				arguments("servicebus.connect-timeout", "must be positive", List.of("servicebus.connect-timeout=0s")),
				arguments("servicebus.custom-endpoint-address", "https://<host>",
						List.of("servicebus.custom-endpoint-address=ftp://gateway.example")),
				arguments("servicebus.custom-endpoint-address", "unprotected",
						List.of("servicebus.custom-endpoint-address=amqp://gateway.example")),
				arguments("servicebus.entity-path", "'bills'",
						List.of(CONNECTION_STRING + ";EntityPath=orders", "servicebus.entity-path=bills")),
				arguments("servicebus.ssl.bundle", "UseDevelopmentEmulator",
						List.of(CONNECTION_STRING + ";UseDevelopmentEmulator=true", "servicebus.ssl.bundle=gateway",
								"spring.ssl.bundle.pem.gateway.options.enabled-protocols=TLSv1.3")),
				arguments("servicebus.ssl.bundle", "no SSL bundle of this name. Known are [gateway]",
						List.of("servicebus.ssl.bundle=gatevay",
								"spring.ssl.bundle.pem.gateway.options.enabled-protocols=TLSv1.3")),
				arguments("servicebus.proxy.hostname", "AMQP_WEB_SOCKETS",
						List.of("servicebus.proxy.hostname=localhost", "servicebus.proxy.port=3128")),
				arguments("servicebus.proxy.hostname", "must be set", List.of("servicebus.proxy.port=3128")),
				arguments("servicebus.proxy.port", "must be set", List.of("servicebus.proxy.hostname=localhost")),
				arguments("servicebus.proxy.port", "65535",
						List.of("servicebus.proxy.hostname=localhost", "servicebus.proxy.port=70000")),
				arguments("servicebus.proxy.username", "password",
						List.of("servicebus.proxy.hostname=localhost", "servicebus.proxy.port=3128",
								"servicebus.proxy.username=shop")),
				arguments("servicebus.proxy.username", "username", List.of("servicebus.proxy.hostname=localhost",
						"servicebus.proxy.port=3128", "servicebus.proxy.password=CANARY")));
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void valueThatCannotBeUsedIsReportedWithItsProperty(String property, String reason, List<String> values) {
		this.connected.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withPropertyValues(values.toArray(String[]::new))
			.run((context) -> assertThat(refusal(context.getStartupFailure())).satisfies((refusal) -> {
				assertThat(refusal.getName()).isEqualTo(property);
				assertThat(refusal.getReason()).contains(reason);
				assertThat(refusal).hasStackTraceContaining(reason)
					.satisfies((failure) -> assertThat(failure.toString()).doesNotContain("CANARY"));
			}));
	}

	@Test
	void sslBundleNeedsBundles() {
		this.connected.withPropertyValues("servicebus.ssl.bundle=gateway")
			.run((context) -> assertThat(refusal(context.getStartupFailure()).getName())
				.isEqualTo("servicebus.ssl.bundle"));
	}

	private static InvalidConfigurationPropertyValueException refusal(Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof InvalidConfigurationPropertyValueException)) {
			cause = cause.getCause();
		}
		assertThat(cause).as("%s", failure).isNotNull();
		return (InvalidConfigurationPropertyValueException) cause;
	}

}
