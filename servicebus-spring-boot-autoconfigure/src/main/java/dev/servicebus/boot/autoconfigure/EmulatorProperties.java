package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties {@code servicebus.emulator.*}.
 *
 * @param enabled Whether an emulator runs inside the application if it is on the class
 * path and no connection is configured.
 * @param port Port of the loopback addresses on which it listens; 0 for a free one.
 * @param autoCreate Whether a queue or subscription is created when it is used for the
 * first time.
 * @param queues Queues by their names; names with slashes or dots are written in
 * brackets.
 * @param topics Topics by their names.
 */
public record EmulatorProperties(@DefaultValue("true") boolean enabled, @DefaultValue("0") int port,
		@DefaultValue("true") boolean autoCreate, @DefaultValue Map<String, Queue> queues,
		@DefaultValue Map<String, Topic> topics) {

	public EmulatorProperties {
		queues = Map.copyOf(queues);
		topics = Map.copyOf(topics);
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
