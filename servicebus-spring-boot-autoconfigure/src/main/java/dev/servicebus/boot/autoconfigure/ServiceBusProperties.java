package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.Map;

import dev.servicebus.client.retry.RetryMode;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.listener.StartupPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
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
		@DefaultValue Listener listener, @DefaultValue Map<String, Listener> listeners, @DefaultValue Template template,
		@DefaultValue Emulator emulator) {

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
	 * Properties {@code servicebus.listener.*} and {@code servicebus.listeners.<id>.*}.
	 *
	 * @param concurrency Number of messages that are handled at once, or a range such as
	 * "2-8".
	 * @param prefetch Number of messages that may wait in the application beside those
	 * that are being handled, 0 to 5000.
	 * @param settlement Who settles messages.
	 * @param retry How often, and after which delays, a message is handed to a listener
	 * that fails
	 * @param maxLockRenewal Time for which the lock of a message is renewed while it is
	 * not settled; 0 for not at all.
	 * @param shutdownTimeout Time that a stop waits for listeners that are still busy.
	 * @param autoStartup Whether listeners start with the application.
	 * @param startupPolicy What to do when a listener cannot receive at its start.
	 * @param startupTimeout Time that the startup policy "fail" waits.
	 * @param idleEventInterval Time without a message after which a listener is reported
	 * as idle; 0 for never.
	 */
	public record Listener(@Nullable String concurrency, @Nullable Integer prefetch,
			@Nullable SettlementMode settlement, @DefaultValue ListenerRetry retry, @Nullable Duration maxLockRenewal,
			@Nullable Duration shutdownTimeout, @Nullable Boolean autoStartup, @Nullable StartupPolicy startupPolicy,
			@Nullable Duration startupTimeout, @Nullable Duration idleEventInterval) {

	}

	/**
	 * Properties {@code servicebus.listener.retry.*}.
	 *
	 * @param maxAttempts Number of times that a message is handed to a listener before it
	 * is dead-lettered, including the first.
	 * @param mode How the delay between attempts develops.
	 * @param delay Delay before the second attempt.
	 * @param maxDelay Longest delay between attempts.
	 * @param multiplier Factor by which the delay grows in mode "exponential".
	 * @param jitter Part of a delay that is left to chance, from 0 to 1.
	 */
	public record ListenerRetry(@Nullable Integer maxAttempts, @Nullable RetryMode mode, @Nullable Duration delay,
			@Nullable Duration maxDelay, @Nullable Double multiplier,
			@Nullable Double jitter) implements RetryProperties {

	}

	/**
	 * Properties {@code servicebus.template.*}.
	 *
	 * @param defaultDestination Queue or topic to which messages go when a call names
	 * none.
	 */
	public record Template(@Nullable String defaultDestination) {

	}

	/**
	 * Properties {@code servicebus.emulator.*}.
	 *
	 * @param enabled Whether an emulator runs inside the application if it is on the
	 * class path and no connection is configured.
	 * @param port Port of the loopback addresses on which it listens; 0 for a free one.
	 * @param autoCreate Whether a queue or subscription is created when it is used for
	 * the first time.
	 * @param queues Queues by their names; names with slashes or dots are written in
	 * brackets.
	 * @param topics Topics by their names.
	 */
	public record Emulator(@DefaultValue("true") boolean enabled, @DefaultValue("0") int port,
			@DefaultValue("true") boolean autoCreate, @DefaultValue Map<String, Queue> queues,
			@DefaultValue Map<String, Topic> topics) {

		public Emulator {
			queues = Map.copyOf(queues);
			topics = Map.copyOf(topics);
		}

	}

	/**
	 * What queues and subscriptions have in common, by the names and with the defaults of
	 * Service Bus.
	 */
	sealed interface Receivable {

		@Nullable Duration lockDuration();

		@Nullable Integer maxDeliveryCount();

		@Nullable Duration defaultMessageTimeToLive();

		@Nullable Boolean deadLetteringOnMessageExpiration();

		@Nullable Boolean requiresSession();

		@Nullable String forwardTo();

		@Nullable String forwardDeadLetteredMessagesTo();

	}

	/**
	 * Properties {@code servicebus.emulator.queues.<name>.*}.
	 *
	 * @param lockDuration Time for which a message is locked, 5s to 5m. Default 1m.
	 * @param maxDeliveryCount Number of failed deliveries after which a message is
	 * dead-lettered. Default 10.
	 * @param defaultMessageTimeToLive Longest life of a message. Default for ever.
	 * @param deadLetteringOnMessageExpiration Whether a message that expires is
	 * dead-lettered. Default false.
	 * @param requiresSession Whether every message belongs to a session. Default false.
	 * @param forwardTo Queue or topic to which messages are forwarded. Default none.
	 * @param forwardDeadLetteredMessagesTo Queue or topic to which dead-lettered messages
	 * are forwarded. Default none.
	 * @param duplicateDetectionHistoryTimeWindow Time for which message ids are
	 * remembered, so that duplicates are dropped. Default not at all.
	 */
	public record Queue(@Nullable Duration lockDuration, @Nullable Integer maxDeliveryCount,
			@Nullable Duration defaultMessageTimeToLive, @Nullable Boolean deadLetteringOnMessageExpiration,
			@Nullable Boolean requiresSession, @Nullable String forwardTo,
			@Nullable String forwardDeadLetteredMessagesTo,
			@Nullable Duration duplicateDetectionHistoryTimeWindow) implements Receivable {

	}

	/**
	 * Properties {@code servicebus.emulator.topics.<name>.*}.
	 *
	 * @param defaultMessageTimeToLive Longest life of a message. Default for ever.
	 * @param duplicateDetectionHistoryTimeWindow Time for which message ids are
	 * remembered, so that duplicates are dropped. Default not at all.
	 * @param subscriptions Subscriptions by their names.
	 */
	public record Topic(@Nullable Duration defaultMessageTimeToLive,
			@Nullable Duration duplicateDetectionHistoryTimeWindow,
			@DefaultValue Map<String, Subscription> subscriptions) {

		public Topic {
			subscriptions = Map.copyOf(subscriptions);
		}

	}

	/**
	 * Properties {@code servicebus.emulator.topics.<name>.subscriptions.<name>.*}.
	 *
	 * @param lockDuration Time for which a message is locked, 5s to 5m. Default 1m.
	 * @param maxDeliveryCount Number of failed deliveries after which a message is
	 * dead-lettered. Default 10.
	 * @param defaultMessageTimeToLive Longest life of a message. Default for ever.
	 * @param deadLetteringOnMessageExpiration Whether a message that expires is
	 * dead-lettered. Default false.
	 * @param requiresSession Whether every message belongs to a session. Default false.
	 * @param forwardTo Queue or topic to which messages are forwarded. Default none.
	 * @param forwardDeadLetteredMessagesTo Queue or topic to which dead-lettered messages
	 * are forwarded. Default none.
	 * @param rules Rules by their names. Default one that lets every message through.
	 */
	public record Subscription(@Nullable Duration lockDuration, @Nullable Integer maxDeliveryCount,
			@Nullable Duration defaultMessageTimeToLive, @Nullable Boolean deadLetteringOnMessageExpiration,
			@Nullable Boolean requiresSession, @Nullable String forwardTo,
			@Nullable String forwardDeadLetteredMessagesTo,
			@DefaultValue Map<String, Rule> rules) implements Receivable {

		public Subscription {
			rules = Map.copyOf(rules);
		}

	}

	/**
	 * Properties
	 * {@code servicebus.emulator.topics.<name>.subscriptions.<name>.rules.<name>.*}.
	 *
	 * @param filter SQL expression that a message has to meet, for example
	 * {@code region = 'eu'}.
	 * @param action SQL statements that change the copy of the message. Default none.
	 */
	public record Rule(@DefaultValue("1=1") String filter, @Nullable String action) {

	}

}
