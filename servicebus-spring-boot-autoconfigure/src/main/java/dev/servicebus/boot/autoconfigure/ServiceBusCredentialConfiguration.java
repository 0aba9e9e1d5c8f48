package dev.servicebus.boot.autoconfigure;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.servicebus.client.auth.TokenCredentialProvider;
import dev.servicebus.client.auth.TokenProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Obtains tokens through {@code azure-identity}: with the application's
 * {@link TokenCredential} bean, or one that is made of the properties.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ TokenCredential.class, DefaultAzureCredentialBuilder.class })
class ServiceBusCredentialConfiguration {

	/** Lazy, since most applications with a connection string never need it. */
	@Bean
	@Lazy
	@ConditionalOnMissingBean(TokenProvider.class)
	TokenCredentialProvider serviceBusTokenProvider(ObjectProvider<TokenCredential> credential,
			ServiceBusProperties properties) {
		return new TokenCredentialProvider(
				credential.getIfAvailable(() -> AzureCredentials.create(properties.credential())));
	}

}
