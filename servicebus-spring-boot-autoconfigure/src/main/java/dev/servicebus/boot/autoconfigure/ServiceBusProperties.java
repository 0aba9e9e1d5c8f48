package dev.servicebus.boot.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import dev.servicebus.client.TransportType;
import dev.servicebus.client.retry.RetryMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code servicebus.*}. Immutable. What is not set is {@code null} here
 * where the default belongs to the options that are made of it.
 *
 * @param connectionString Connection string of the namespace, as the Azure portal shows
 * it; excludes a namespace.
 * @param namespace Namespace to which to connect with Microsoft Entra ID, for example
 * "contoso.servicebus.windows.net" or just "contoso"; excludes a connection string.
 * @param entityPath Only queue or topic for which the credential is valid; others are
 * refused at once.
 * @param customEndpointAddress Address that is dialled instead of the namespace, for
 * example "https://gateway.example"; rights are still claimed on the namespace.
 * @param transportType What carries AMQP: TCP on port 5671, or WebSockets on port 443.
 * @param proxy HTTP proxy on the way to the namespace, for WebSockets
 * @param ssl Trust and identity in TLS
 * @param connectTimeout Time that connecting may take, and obtaining a token.
 * @param applicationId Name of the application in the user agent that the service logs.
 * @param credential Who the application is when it connects to a namespace
 * @param retry How failed operations of the client are tried again
 * @param sendBufferSize Most bytes that messages which are being sent may hold; one more
 * is refused at once.
 * @param generateMessageIds Whether messages without an id get one, so that duplicate
 * detection knows a message that had to be sent twice.
 * @param crossEntityTransactions Whether transactions may span several entities of the
 * service, which then allows one receiver only.
 * @param namespaces Further namespaces by their names, for clients, templates and
 * listeners that are qualified with these.
 * @param listener Defaults of all listeners
 * @param listeners Options of single listeners by their ids, which win over annotations;
 * ids with dots are written in brackets.
 * @param template The template
 * @param conversion How payloads and headers become messages, and back
 * @param topology The entities that the application needs
 * @param emulator The emulator that runs inside the application if it is on the class
 * path and no connection is configured
 */
@ConfigurationProperties("servicebus")
public record ServiceBusProperties(@Nullable String connectionString, @Nullable String namespace,
		@Nullable String entityPath, @Nullable URI customEndpointAddress, @Nullable TransportType transportType,
		@Nullable Proxy proxy, @Nullable Ssl ssl, @Nullable Duration connectTimeout, @Nullable String applicationId,
		@DefaultValue Credential credential, @DefaultValue Retry retry, @Nullable DataSize sendBufferSize,
		@Nullable Boolean generateMessageIds, @Nullable Boolean crossEntityTransactions,
		@DefaultValue Map<String, NamespaceProperties> namespaces,
		@DefaultValue @NestedConfigurationProperty ListenerProperties listener,
		@DefaultValue Map<String, ListenerProperties> listeners,
		@DefaultValue @NestedConfigurationProperty TemplateProperties template,
		@DefaultValue @NestedConfigurationProperty ConversionProperties conversion,
		@DefaultValue @NestedConfigurationProperty TopologyProperties topology,
		@DefaultValue @NestedConfigurationProperty EmulatorProperties emulator) implements ClientProperties {

	public ServiceBusProperties {
		requireText("connection-string", connectionString);
		requireText("namespace", namespace);
		namespace = (namespace != null) ? namespace.strip() : null;
		entityPath = StringUtils.hasText(entityPath) ? entityPath : null;
		applicationId = StringUtils.hasText(applicationId) ? applicationId : null;
		namespaces = Map.copyOf(namespaces);
		listeners = Map.copyOf(listeners);
	}

	/**
	 * Shows no secret.
	 */
	@Override
	public String toString() {
		return "ServiceBusProperties[connectionString=" + masked(this.connectionString) + ", namespace="
				+ this.namespace + ", entityPath=" + this.entityPath + ", customEndpointAddress="
				+ this.customEndpointAddress + ", transportType=" + this.transportType + ", proxy=" + this.proxy
				+ ", ssl=" + this.ssl + ", connectTimeout=" + this.connectTimeout + ", applicationId="
				+ this.applicationId + ", credential=" + this.credential + ", retry=" + this.retry + ", sendBufferSize="
				+ this.sendBufferSize + ", generateMessageIds=" + this.generateMessageIds + ", crossEntityTransactions="
				+ this.crossEntityTransactions + ", namespaces=" + this.namespaces + ", listener=" + this.listener
				+ ", listeners=" + this.listeners + ", template=" + this.template + ", conversion=" + this.conversion
				+ ", topology=" + this.topology + ", emulator=" + this.emulator + "]";
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
	 * Properties {@code servicebus.proxy.*}.
	 *
	 * @param hostname Name or address of the proxy.
	 * @param port Port of the proxy.
	 * @param username User for basic authentication; needs a password.
	 * @param password Password of the user.
	 */
	public record Proxy(@Nullable String hostname, @Nullable Integer port, @Nullable String username,
			@Nullable String password) {

		/**
		 * Shows no secret.
		 */
		@Override
		public String toString() {
			return "Proxy[hostname=" + this.hostname + ", port=" + this.port + ", username=" + this.username
					+ ", password=" + masked(this.password) + "]";
		}

	}

	/**
	 * Properties {@code servicebus.ssl.*}.
	 *
	 * @param bundle Name of the SSL bundle (spring.ssl.bundle.*) that says whom to trust
	 * and who to be.
	 */
	public record Ssl(@Nullable String bundle) {

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

}
