package dev.servicebus.boot.autoconfigure;

import java.util.concurrent.TimeUnit;

import dev.servicebus.client.admin.AdministrationClient;
import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.http.ServiceBusAdministrationClient;
import dev.servicebus.emulator.ServiceBusEmulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AdministrationAutoConfigurationTests {

	private static final String BEAN = "serviceBusAdministrationClient";

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class, SslAutoConfiguration.class));

	@Test
	void clientIsMadeWhenItIsFirstAskedFor() {
		this.runner.run((context) -> {
			assertThat(context.getBeanFactory().containsSingleton(BEAN)).isFalse();
			context.getBean(ServiceBusAdministrationClient.class).queues().create(QueueProperties.of("orders"));
			assertThat(context.getBeanFactory().containsSingleton(BEAN)).isTrue();
			assertThat(context.getBean(ServiceBusEmulator.class).queues()).containsExactly("orders");
		});
	}

	@Test
	void clientOfTheApplicationIsUsed() {
		AdministrationClient own = mock(AdministrationClient.class);
		this.runner.withBean(AdministrationClient.class, () -> own)
			.run((context) -> assertThat(context).getBean(AdministrationClient.class).isSameAs(own));
	}

	@Test
	void clientGoesTheWayOfTheMessagingClient() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().queue("orders").build().start()) {
			this.runner
				.withPropertyValues(
						"servicebus.connection-string=Endpoint=sb://contoso.example;"
								+ "SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE",
						"servicebus.custom-endpoint-address=wss://localhost:" + emulator.port(),
						"servicebus.ssl.bundle=gateway",
						"spring.ssl.bundle.pem.gateway.truststore.certificate=" + emulator.certificatePem(),
						"spring.ssl.bundle.pem.gateway.options.enabled-protocols=TLSv1.2")
				.run((context) -> assertThat(context.getBean(AdministrationClient.class).queues().exists("orders"))
					.isTrue());
		}
	}

	@Test
	void customizersAreCalledAfterTheProperties() {
		this.runner.withPropertyValues("servicebus.application-id=shop", "servicebus.retry.max-attempts=9")
			.withBean(ServiceBusAdministrationClientBuilderCustomizer.class,
					() -> (builder) -> assertThat(builder).hasFieldOrPropertyWithValue("applicationId", "shop")
						.hasFieldOrPropertyWithValue("retryOptions.maxAttempts", 9))
			.run((context) -> assertThat(context.getBean(AdministrationClient.class)).isNotNull());
	}

}
