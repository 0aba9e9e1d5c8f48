package dev.servicebus.client.management;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.error.ErrorMapper;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a management node. Whatever it is made of, reading it ends in a value or
 * in an {@link UnknownOutcomeException}. Immutable.
 */
public final class ManagementResponse {

	private static final int FIRST_SUCCESS = 200;

	private static final int FIRST_REDIRECT = 300;

	private final ErrorContext where;

	private final Map<String, @Nullable Object> properties;

	private final @Nullable Object body;

	private final int status;

	private ManagementResponse(ErrorContext where, Map<String, @Nullable Object> properties, @Nullable Object body) {
		this.where = where;
		this.properties = properties;
		this.body = body;
		this.status = status(properties);
	}

	static ManagementResponse of(EncodedMessage answer, String operation, String entityPath) {
		ErrorContext where = ErrorContext.of(operation, entityPath);
		try {
			Object body = (answer.body() instanceof MessageBody.Value value) ? value.value() : null;
			return new ManagementResponse(where, answer.applicationProperties(), body);
		}
		catch (AmqpDecodeException ex) {
			throw malformed(where, "it is not AMQP", ex);
		}
	}

	boolean isSuccess() {
		return this.status >= FIRST_SUCCESS && this.status < FIRST_REDIRECT;
	}

	/**
	 * Returns whether the answer says that there is nothing to return.
	 */
	boolean isEmpty() {
		return this.body == null || (this.body instanceof Map<?, ?> map && map.isEmpty());
	}

	@Nullable Symbol condition() {
		Object condition = property("errorCondition", "error-condition");
		return (condition != null) ? Symbol.of(condition.toString()) : null;
	}

	ServiceBusException failure() {
		Object description = property("statusDescription", "status-description");
		return ErrorMapper.ofResponse(this.where, this.status, condition(),
				(description != null) ? description.toString() : null);
	}

	/**
	 * An element of the body that has to be there.
	 */
	<T> T element(String key, Class<T> type) {
		return cast(key, value(key), type);
	}

	/**
	 * An element of the body that may be absent or null.
	 */
	<T> @Nullable T optionalElement(String key, Class<T> type) {
		Object value = value(key);
		return (value != null) ? cast(key, value, type) : null;
	}

	private @Nullable Object value(String key) {
		return (this.body instanceof Map<?, ?> map) ? map.get(key) : null;
	}

	/**
	 * The elements of an array or list in the body.
	 * @param key where it stands
	 * @param type what its elements have to be
	 */
	<T> List<T> elements(String key, Class<T> type) {
		Object value = value(key);
		List<?> elements;
		if (value instanceof Object[] array) {
			elements = Arrays.asList(array);
		}
		else if (value instanceof List<?> list) {
			elements = list;
		}
		else {
			throw malformed("'" + key + "' is missing or no array");
		}
		List<T> checked = new ArrayList<>(elements.size());
		for (Object element : elements) {
			checked.add(cast(key, element, type));
		}
		return checked;
	}

	/**
	 * As many elements as were asked for.
	 */
	<T> List<T> elements(String key, Class<T> type, int count) {
		List<T> elements = elements(key, type);
		if (elements.size() != count) {
			throw malformed("'" + key + "' has " + elements.size() + " elements; expected " + count);
		}
		return elements;
	}

	/**
	 * The entries of the list of messages in the body.
	 */
	List<MessageEntry> messages() {
		List<MessageEntry> entries = new ArrayList<>();
		for (Map<?, ?> entry : elements("messages", Map.class)) {
			byte[] bytes = cast("message", entry.get("message"), byte[].class);
			try {
				entries.add(new MessageEntry(EncodedMessage.of(bytes), entry.get("lock-token")));
			}
			catch (AmqpDecodeException ex) {
				throw malformed(this.where, "a message in it is not AMQP", ex);
			}
		}
		return entries;
	}

	UnknownOutcomeException malformed(String problem) {
		return malformed(this.where, problem, null);
	}

	private <T> T cast(String key, @Nullable Object value, Class<T> type) {
		if (!type.isInstance(value)) {
			throw malformed("'" + key + "' holds something else than " + type.getSimpleName());
		}
		return Objects.requireNonNull(type.cast(value));
	}

	private int status(Map<String, @Nullable Object> properties) {
		if (property("statusCode", "status-code") instanceof Number number) {
			return number.intValue();
		}
		throw malformed("it has no status code");
	}

	/**
	 * Older brokers spell their properties in another way.
	 */
	private @Nullable Object property(String name, String olderName) {
		Object value = this.properties.get(name);
		return (value != null) ? value : this.properties.get(olderName);
	}

	private static UnknownOutcomeException malformed(ErrorContext where, String problem, @Nullable Throwable cause) {
		return new UnknownOutcomeException(
				where.withDescription("the answer of the broker cannot be understood: " + problem), cause);
	}

	/**
	 * A message inside an answer.
	 *
	 * @param message the message
	 * @param lockToken what stands beside it as lock token
	 */
	record MessageEntry(EncodedMessage message, @Nullable Object lockToken) {

	}

}
