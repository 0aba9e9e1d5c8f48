package dev.servicebus.boot.autoconfigure;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import dev.servicebus.boot.autoconfigure.ServiceBusProperties.Credential;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * Makes the credential that {@code servicebus.credential.*} describe.
 */
final class AzureCredentials {

	private AzureCredentials() {
	}

	static TokenCredential create(Credential properties) {
		if (properties.managedIdentityEnabled()) {
			ManagedIdentityCredentialBuilder identity = new ManagedIdentityCredentialBuilder();
			if (StringUtils.hasText(properties.clientId())) {
				identity.clientId(properties.clientId());
			}
			return identity.build();
		}
		if (StringUtils.hasText(properties.clientSecret())) {
			return new ClientSecretCredentialBuilder().clientSecret(properties.clientSecret())
				.clientId(require("client-id", properties.clientId()))
				.tenantId(require("tenant-id", properties.tenantId()))
				.build();
		}
		DefaultAzureCredentialBuilder chain = new DefaultAzureCredentialBuilder();
		if (StringUtils.hasText(properties.clientId())) {
			chain.managedIdentityClientId(properties.clientId()).workloadIdentityClientId(properties.clientId());
		}
		if (StringUtils.hasText(properties.tenantId())) {
			chain.tenantId(properties.tenantId());
		}
		return chain.build();
	}

	private static String require(String name, @Nullable String value) {
		if (!StringUtils.hasText(value)) {
			throw new InvalidConfigurationPropertyValueException("servicebus.credential." + name, value,
					"It must be set, since 'servicebus.credential.client-secret' is.");
		}
		return value;
	}

}
