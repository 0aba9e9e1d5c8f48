package dev.servicebus.boot.autoconfigure;

import java.util.concurrent.TimeUnit;

import com.azure.identity.ClientSecretCredential;
import com.azure.identity.DefaultAzureCredential;
import com.azure.identity.ManagedIdentityCredential;
import dev.servicebus.boot.autoconfigure.ServiceBusProperties.Credential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AzureCredentialsTests {

	@Test
	void chainOfAzureIsTheDefault() {
		assertThat(AzureCredentials.create(new Credential(false, null, null, null)))
			.isInstanceOf(DefaultAzureCredential.class);
	}

	@Test
	void managedIdentityIsUsedAlone() {
		assertThat(AzureCredentials.create(new Credential(true, "client", null, null)))
			.isInstanceOf(ManagedIdentityCredential.class);
	}

	@Test
	void secretMakesTheApplicationSignInItself() {
		assertThat(AzureCredentials.create(new Credential(false, "client", "secret", "tenant")))
			.isInstanceOf(ClientSecretCredential.class);
	}

	@Test
	void secretNeedsATenant() {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> AzureCredentials.create(new Credential(false, "client", "secret", null)))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("servicebus.credential.tenant-id"))
			.withMessageNotContaining("secret '");
	}

}
