package dev.servicebus.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.client.auth.InvalidConnectionStringException;
import dev.servicebus.client.auth.TokenCredentialProvider;
import dev.servicebus.client.auth.TokenProvider;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.template.ServiceBusOperations;
import dev.servicebus.template.ServiceBusTemplate;
import dev.servicebus.transaction.ServiceBusTransactionManager;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServiceBusAutoConfigurationTests {

	private static final String CONNECTION_STRING = "servicebus.connection-string=Endpoint=sb://contoso.example;"
			+ "SharedAccessKeyName=name;SharedAccessKey=key";

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class));

	private final ApplicationContextRunner connected = this.runner.withPropertyValues(CONNECTION_STRING);

	@Test
	void connectionStringIsAllThatIsNeeded() {
		this.connected.run((context) -> assertThat(context).hasSingleBean(ServiceBusClient.class)
			.hasSingleBean(ServiceBusTemplate.class)
			.hasSingleBean(ServiceBusMessageConverter.class)
			.hasSingleBean(ServiceBusListenerEndpointRegistry.class));
	}

	@Test
	void clientOfTheApplicationIsUsed() {
		MessagingClient own = mock(MessagingClient.class);
		this.runner.withBean(MessagingClient.class, () -> own)
			.run((context) -> assertThat(context).getBean(MessagingClient.class).isSameAs(own));
	}

	@Test
	void templateOfTheApplicationIsUsed() {
		ServiceBusOperations own = mock(ServiceBusOperations.class);
		this.connected.withBean(ServiceBusOperations.class, () -> own)
			.run((context) -> assertThat(context).getBean(ServiceBusOperations.class).isSameAs(own));
	}

	@Test
	void converterOfTheApplicationIsUsed() {
		ServiceBusMessageConverter own = ServiceBusMessageConverter.simple();
		this.connected.withBean(ServiceBusMessageConverter.class, () -> own)
			.run((context) -> assertThat(context).getBean(ServiceBusMessageConverter.class).isSameAs(own));
	}

	@Test
	void connectionDetailsWinOverProperties() {
		ServiceBusConnectionDetails details = new ServiceBusConnectionDetails() {

			@Override
			public String fullyQualifiedNamespace() {
				return "other.example";
			}

		};
		this.connected.withBean(ServiceBusConnectionDetails.class, () -> details)
			.withUserConfiguration(CapturingCustomizers.class)
			.run((context) -> assertThat(builder(context.getBean(CapturingCustomizers.class)))
				.hasFieldOrPropertyWithValue("namespace", "other.example")
				.hasFieldOrPropertyWithValue("connectionString", null));
	}

	@Test
	void namespaceIsCompletedToItsHost() {
		this.runner.withPropertyValues("servicebus.namespace=contoso")
			.run((context) -> assertThat(context.getBean(ServiceBusConnectionDetails.class).fullyQualifiedNamespace())
				.isEqualTo("contoso.servicebus.windows.net"));
	}

	@Test
	void hostOfANamespaceIsTakenAsItIs() {
		this.runner.withPropertyValues("servicebus.namespace=contoso.servicebus.chinacloudapi.cn")
			.run((context) -> assertThat(context.getBean(ServiceBusConnectionDetails.class).fullyQualifiedNamespace())
				.isEqualTo("contoso.servicebus.chinacloudapi.cn"));
	}

	@Test
	void namespaceThatIsAUriIsRefused() {
		this.runner.withPropertyValues("servicebus.namespace=sb://contoso.example/")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo("servicebus.namespace")));
	}

	@Test
	void connectionStringAndNamespaceExcludeEachOther() {
		this.connected.withPropertyValues("servicebus.namespace=contoso")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MutuallyExclusiveConfigurationPropertiesException.class)
				.hasMessageContainingAll("servicebus.connection-string", "servicebus.namespace"));
	}

	@Test
	void connectionStringThatCannotBeUsedIsRefusedWithoutShowingIt() {
		this.runner.withPropertyValues("servicebus.connection-string=Endpoint=sb://contoso.example;SharedAccessKey=abc")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConnectionStringException.class)
				.hasMessageContaining("SharedAccessKeyName")
				.hasMessageNotContaining("abc"));
	}

	@Test
	void namespaceIsConnectedToWithAzureIdentity() {
		this.runner.withPropertyValues("servicebus.namespace=contoso")
			.withUserConfiguration(CapturingCustomizers.class)
			.run((context) -> assertThat(builder(context.getBean(CapturingCustomizers.class))).extracting("credential")
				.isInstanceOf(TokenCredentialProvider.class));
	}

	@Test
	void credentialOfTheApplicationIsUsed() {
		TokenCredential own = mock(TokenCredential.class);
		this.runner.withPropertyValues("servicebus.namespace=contoso")
			.withBean(TokenCredential.class, () -> own)
			.run((context) -> assertThat(context.getBean(TokenProvider.class)).hasFieldOrPropertyWithValue("credential",
					own));
	}

	@Test
	void tokenProviderOfTheApplicationIsUsed() {
		TokenProvider own = (audience) -> CompletableFuture.failedFuture(new IllegalStateException());
		this.runner.withPropertyValues("servicebus.namespace=contoso")
			.withBean(TokenProvider.class, () -> own)
			.withUserConfiguration(CapturingCustomizers.class)
			.run((context) -> assertThat(builder(context.getBean(CapturingCustomizers.class)))
				.hasFieldOrPropertyWithValue("credential", own));
	}

	@Test
	void azureIdentityIsLeftAloneWithAConnectionString() {
		this.connected
			.run((context) -> assertThat(context.getBeanFactory().containsSingleton("serviceBusTokenProvider"))
				.isFalse());
	}

	@Test
	void applicationRunsWithoutAzureIdentity() {
		this.connected
			.withClassLoader(new FilteredClassLoader(TokenCredential.class, DefaultAzureCredentialBuilder.class))
			.run((context) -> assertThat(context).hasSingleBean(ServiceBusClient.class)
				.doesNotHaveBean(TokenProvider.class));
	}

	@Test
	void namespaceNeedsACredential() {
		this.runner.withPropertyValues("servicebus.namespace=contoso")
			.withClassLoader(new FilteredClassLoader(TokenCredential.class, DefaultAzureCredentialBuilder.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ConnectionNotConfiguredException.class)
				.hasMessageContaining("contoso.servicebus.windows.net"));
	}

	@Test
	void customizersAreCalledInTheirOrder() {
		this.connected.withUserConfiguration(CapturingCustomizers.class)
			.run((context) -> assertThat(context.getBean(CapturingCustomizers.class).calls).containsExactly("first",
					"second"));
	}

	@Test
	void applicationIdAndRetryReachTheClient() {
		this.connected.withPropertyValues("servicebus.application-id=shop", "servicebus.retry.max-attempts=9")
			.withUserConfiguration(CapturingCustomizers.class)
			.run((context) -> assertThat(builder(context.getBean(CapturingCustomizers.class)))
				.hasFieldOrPropertyWithValue("applicationId", "shop")
				.hasFieldOrPropertyWithValue("retryOptions.maxAttempts", 9));
	}

	@Test
	void transactionsAreThereForThoseWhoNameThem() {
		this.connected.withUserConfiguration(AnyTransactions.class).run((context) -> {
			assertThat(context.getBean("serviceBusTransactionManager"))
				.isInstanceOf(ServiceBusTransactionManager.class);
			assertThat(context.getBean("any", Optional.class)).isEmpty();
		});
	}

	@Test
	void applicationRunsWithoutSpringsTransactions() {
		this.connected.withClassLoader(new FilteredClassLoader(PlatformTransactionManager.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("serviceBusTransactionManager"));
	}

	@Test
	void payloadsAreConvertedAsTheApplicationConvertsJson() {
		JsonMapperBuilderCustomizer snakeCase = (mapper) -> mapper
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
		this.connected.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.withBean(JsonMapperBuilderCustomizer.class, () -> snakeCase)
			.run((context) -> assertThat(context.getBean(ServiceBusMessageConverter.class)
				.toServiceBusMessage(new Item("x"), Map.of())
				.bodyAsString()).isEqualTo("{\"item_name\":\"x\"}"));
	}

	@Test
	void objectsNeedJacksonButTextDoesNot() {
		this.connected.withClassLoader(new FilteredClassLoader(JsonMapper.class)).run((context) -> {
			ServiceBusMessageConverter converter = context.getBean(ServiceBusMessageConverter.class);
			assertThat(converter.toServiceBusMessage("text", Map.of()).bodyAsString()).isEqualTo("text");
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> converter.toServiceBusMessage(new Item("x"), Map.of()));
		});
	}

	private static Object builder(CapturingCustomizers customizers) {
		return customizers.builders.get(0);
	}

	record Item(String itemName) {

	}

	@Configuration(proxyBeanMethods = false)
	static class CapturingCustomizers {

		final List<String> calls = new ArrayList<>();

		final List<Object> builders = new ArrayList<>();

		@Bean
		@Order(2)
		ServiceBusClientBuilderCustomizer second() {
			return (builder) -> this.calls.add("second");
		}

		@Bean
		@Order(1)
		ServiceBusClientBuilderCustomizer first() {
			return (builder) -> {
				this.calls.add("first");
				this.builders.add(builder);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AnyTransactions {

		@Bean
		Optional<PlatformTransactionManager> any(ObjectProvider<PlatformTransactionManager> managers) {
			return Optional.ofNullable(managers.getIfAvailable());
		}

	}

}
