package dev.servicebus.converter;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHeaders;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * The headers of a received message, collected when they are first asked for. Most
 * listeners never do, and the content type, which every conversion looks at, is read
 * directly. Thread-safe.
 */
final class ReceivedHeaders extends MessageHeaders {

	private final transient ServiceBusReceivedMessage source;

	private final transient HeaderMapper mapper;

	private transient volatile @Nullable Map<String, Object> collected;

	ReceivedHeaders(ServiceBusReceivedMessage source, HeaderMapper mapper) {
		super(Collections.emptyMap(), ID_VALUE_NONE, -1L);
		this.source = source;
		this.mapper = mapper;
	}

	private Map<String, Object> all() {
		Map<String, Object> headers = this.collected;
		if (headers == null) {
			headers = Collections.unmodifiableMap(this.mapper.toHeaders(this.source));
			this.collected = headers;
		}
		return headers;
	}

	@Override
	protected Map<String, Object> getRawHeaders() {
		return all();
	}

	@Override
	public @Nullable Object get(Object key) {
		if (CONTENT_TYPE.equals(key)) {
			return this.source.contentType();
		}
		Object value = all().get(key);
		String translated = (value == null) ? AzureHeaderNames.translate(key) : null;
		return (translated != null) ? all().get(translated) : value;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T get(Object key, Class<T> type) {
		Object value = get(key);
		if (value != null && !type.isInstance(value)) {
			throw new IllegalArgumentException(
					"Header '" + key + "' is a " + value.getClass().getName() + ", not a " + type.getName());
		}
		return (T) value;
	}

	@Override
	public boolean containsKey(Object key) {
		return all().containsKey(key);
	}

	@Override
	public boolean containsValue(Object value) {
		return all().containsValue(value);
	}

	@Override
	public Set<Map.Entry<String, Object>> entrySet() {
		return all().entrySet();
	}

	@Override
	public boolean isEmpty() {
		return all().isEmpty();
	}

	@Override
	public Set<String> keySet() {
		return all().keySet();
	}

	@Override
	public int size() {
		return all().size();
	}

	@Override
	public Collection<Object> values() {
		return all().values();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof MessageHeaders headers && all().equals(Map.copyOf(headers)));
	}

	@Override
	public int hashCode() {
		return all().hashCode();
	}

	@Override
	public String toString() {
		return all().toString();
	}

}
