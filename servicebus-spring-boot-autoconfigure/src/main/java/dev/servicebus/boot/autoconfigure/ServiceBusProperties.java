package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.Map;

import dev.servicebus.client.retry.RetryMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * The properties {@code servicebus.*}. Immutable. What is not set is {@code null} here
 * where the default belongs to the options that are made of it.
 *
 * @param connectionString Connection string of the namespace, as the Azure portal shows
 * it; excludes a namespace.
 * @param namespace Namespace to which to connect with Microsoft Entra ID, for example
 * "contoso.servicebus.windows.net" or just "contoso"; excludes a connection string.
 * @param applicationId Name of the application in the user agent that the service logs.
 * @param credential Who the application is when it connects to a namespace
 * @param retry How failed operations of the client are tried again
 * @param listener Defaults of all listeners
 * @param listeners Options of single listeners by their ids, which win over annotations;
 * ids with dots are written in brackets.
 * @param template The template
 * @param emulator The emulator that runs inside the application if it is on the class
 * path and no connection is configured
 */
@ConfigurationProperties("servicebus")
public record ServiceBusProperties(@Nullable String connectionString, @Nullable String namespace,
		@Nullable String applicationId, @DefaultValue Credential credential, @DefaultValue Retry retry,
		@DefaultValue @NestedConfigurationProperty ListenerProperties listener,
		@DefaultValue Map<String, ListenerProperties> listeners, @DefaultValue Template template,
		@DefaultValue @NestedConfigurationProperty EmulatorProperties emulator) {

	public ServiceBusProperties {
		requireText("connection-string", connectionString);
		requireText("namespace", namespace);
		namespace = (namespace != null) ? namespace.strip() : null;
		applicationId = StringUtils.hasText(applicationId) ? applicationId : null;
		listeners = Map.copyOf(listeners);
	}

	/**
	 * Shows no secret.
	 */
	@Override
	public String toString() {
		return "ServiceBusProperties[connectionString=" + masked(this.connectionString) + ", namespace="
				+ this.namespace + ", applicationId=" + this.applicationId + ", credential=" + this.credential
				+ ", retry=" + this.retry + ", listener=" + this.listener + ", listeners=" + this.listeners
				+ ", template=" + this.template + ", emulator=" + this.emulator + "]";
	}

	private static void requireText(String name, @Nullable String value) {
		if (value != null && value.isBlank()) {
			throw new IllegalArgumentException("servicebus." + name + " is set but empty; give it a value, or remove it"
					+ " to use the embedded emulator");
		}
	}

	private static @Nullable String masked(@Nullable String secret) {
		return (secret != null) ? "***" : null;
	}

	/**
	 * Properties {@code servicebus.credential.*}, for a namespace without a connection
	 * string. Without any, Azure's default chain of credentials is used.
	 *
	 * @param managedIdentityEnabled Whether to use the managed identity of the machine
	 * and nothing else.
	 * @param clientId Client id of the application, or of a user-assigned managed
	 * identity.
	 * @param clientSecret Secret of the application; needs a client id and a tenant id.
	 * @param tenantId Microsoft Entra tenant of the application.
	 */
	public record Credential(@DefaultValue("false") boolean managedIdentityEnabled, @Nullable String clientId,
			@Nullable String clientSecret, @Nullable String tenantId) {

		/**
		 * Shows no secret.
		 */
		@Override
		public String toString() {
			return "Credential[managedIdentityEnabled=" + this.managedIdentityEnabled + ", clientId=" + this.clientId
					+ ", clientSecret=" + masked(this.clientSecret) + ", tenantId=" + this.tenantId + "]";
		}

	}

	/**
	 * Properties {@code servicebus.retry.*}.
	 *
	 * @param maxAttempts Number of attempts of an operation, including the first.
	 * @param mode How the delay between attempts develops.
	 * @param delay Delay before the second attempt.
	 * @param maxDelay Longest delay between attempts.
	 * @param multiplier Factor by which the delay grows in mode "exponential".
	 * @param jitter Part of a delay that is left to chance, from 0 to 1.
	 * @param tryTimeout Time within which an operation ends, all its attempts included.
	 */
	public record Retry(@Nullable Integer maxAttempts, @Nullable RetryMode mode, @Nullable Duration delay,
			@Nullable Duration maxDelay, @Nullable Double multiplier, @Nullable Double jitter,
			@Nullable Duration tryTimeout) implements RetryProperties {

	}

	/**
	 * Properties {@code servicebus.template.*}.
	 *
	 * @param defaultDestination Queue or topic to which messages go when a call names
	 * none.
	 */
	public record Template(@Nullable String defaultDestination) {

	}

}
