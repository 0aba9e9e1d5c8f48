package dev.servicebus.boot.autoconfigure;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.client.auth.TokenProvider;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.observation.ServiceBusObservations;
import dev.servicebus.template.MessageIdGenerator;
import dev.servicebus.template.PayloadDestinations;
import dev.servicebus.template.SendInterceptor;
import dev.servicebus.template.ServiceBusOperations;
import dev.servicebus.template.ServiceBusTemplate;
import dev.servicebus.transaction.ServiceBusTransactionManager;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of the Service Bus client, {@link ServiceBusTemplate} and listeners.
 */
@AutoConfiguration(afterName = { "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
		"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(ServiceBusTemplate.class)
@EnableConfigurationProperties(ServiceBusProperties.class)
@Import({ ServiceBusCredentialConfiguration.class, ServiceBusObservationConfiguration.class,
		ServiceBusListenerMetricsConfiguration.class, ServiceBusAdministrationConfiguration.class,
		ServiceBusAnnotationDrivenConfiguration.class, ServiceBusTopologyConfiguration.class,
		ServiceBusSanitizingConfiguration.class, ServiceBusConverterConfiguration.class, NamespaceRegistrar.class })
public final class ServiceBusAutoConfiguration {

	private final ServiceBusProperties properties;

	ServiceBusAutoConfiguration(ServiceBusProperties properties) {
		this.properties = properties;
	}

	@Bean
	@ConditionalOnMissingBean(ServiceBusConnectionDetails.class)
	PropertiesServiceBusConnectionDetails serviceBusConnectionDetails(ObjectProvider<SslBundles> sslBundles) {
		return new PropertiesServiceBusConnectionDetails(ClientMapper.PREFIX, this.properties, sslBundles);
	}

	@Bean
	ServiceBusClientFactory serviceBusClientFactory(ObjectProvider<TokenProvider> credential,
			ObjectProvider<ServiceBusClientBuilderCustomizer> clientCustomizers,
			ObjectProvider<ServiceBusAdministrationClientBuilderCustomizer> administrationCustomizers) {
		return new ServiceBusClientFactory(credential, clientCustomizers, administrationCustomizers);
	}

	@Bean
	@ConditionalOnMissingBean(MessagingClient.class)
	ServiceBusClient serviceBusClient(ServiceBusConnectionDetails connection, ServiceBusClientFactory clients) {
		return clients.client(ClientMapper.PREFIX, this.properties, connection);
	}

	@Bean
	ServiceBusTemplateFactory serviceBusTemplateFactory(ServiceBusMessageConverter converter,
			ObjectProvider<MessageIdGenerator> messageIds, ObjectProvider<SendInterceptor> interceptors,
			ObjectProvider<PayloadDestinations> destinations, Environment environment) {
		return new ServiceBusTemplateFactory(this.properties, converter, messageIds, interceptors, destinations,
				environment);
	}

	@Bean
	@ConditionalOnMissingBean(ServiceBusOperations.class)
	ServiceBusTemplate serviceBusTemplate(ServiceBusTemplateFactory templates, MessagingClient client,
			ServiceBusObservations observations) {
		return templates.template(client, observations);
	}

	/**
	 * Transactions of Service Bus for methods that ask for them by name. It is no default
	 * candidate, so that it stands in nobody's way.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(PlatformTransactionManager.class)
	static class TransactionConfiguration {

		@Bean(defaultCandidate = false)
		@ConditionalOnMissingBean
		ServiceBusTransactionManager serviceBusTransactionManager(MessagingClient client) {
			return new ServiceBusTransactionManager(client);
		}

	}

}
