package dev.servicebus.client.management;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.client.ServiceBusException;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the {@code $management} node: what is asked, and how the answer is
 * read. Immutable.
 *
 * @param <R> the result
 */
public sealed interface ManagementRequest<R> permits RenewLocks, PeekMessages, DeleteMessages, ReceiveDeferredMessages,
		ScheduleMessages, CancelScheduledMessages, UpdateDisposition, AddRule, RemoveRule, EnumerateRules, ListSessions,
		RenewSessionLock, GetSessionState, SetSessionState {

	/** What the names of all operations begin with. */
	String PREFIX = "com.microsoft:";

	/**
	 * The name of the operation without its prefix, for example {@code renew-lock}.
	 */
	String operation();

	/**
	 * What the request carries.
	 */
	Map<String, @Nullable Object> body();

	/**
	 * Reads the result from an answer that reports success.
	 */
	R result(ManagementResponse response);

	/**
	 * Makes the message that is sent. Message id and reply address are up to the sender.
	 * @param serverTimeout how long the broker may take, in whole milliseconds
	 * @param linkName the link on whose behalf the request is made, so that it does not
	 * count as idle; {@code null} if there is none
	 */
	default AmqpMessage encode(Duration serverTimeout, @Nullable String linkName) {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		properties.put("operation", PREFIX + operation());
		properties.put("com.microsoft:server-timeout", UnsignedInteger.of(serverTimeout.toMillis()));
		if (linkName != null) {
			properties.put("associated-link-name", linkName);
		}
		return AmqpMessage.builder().applicationProperties(properties).value(body()).build();
	}

	/**
	 * Reads the answer.
	 * @param answer the message that came back
	 * @param entityPath the entity that was asked
	 * @throws ServiceBusException if it reports a failure
	 * @throws dev.servicebus.client.UnknownOutcomeException if it cannot be understood:
	 * then nobody knows what the broker did
	 */
	default R decode(EncodedMessage answer, String entityPath) {
		ManagementResponse response = ManagementResponse.of(answer, operation(), entityPath);
		if (!response.isSuccess()) {
			throw response.failure();
		}
		return result(response);
	}

}
