package dev.servicebus.converter;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Types of payloads by logical names. Messages carry the name as application property
 * {@link #PROPERTY}, never the name of a class, and no type that is not listed here is
 * made of a message because the message says so. Immutable.
 */
public final class MessageTypes {

	/** The application property with the name of the payload's type. */
	public static final String PROPERTY = "servicebus-type";

	/** No types. */
	public static final MessageTypes NONE = new MessageTypes(Map.of());

	private final Map<String, Class<?>> types;

	private final Map<Class<?>, String> names;

	private MessageTypes(Map<String, Class<?>> types) {
		Map<Class<?>, String> byType = new LinkedHashMap<>();
		types.forEach((name, type) -> {
			String other = byType.putIfAbsent(type, name);
			if (other != null) {
				throw new IllegalArgumentException(
						type.getName() + " has two names, '" + other + "' and '" + name + "'; give it one");
			}
		});
		this.types = Map.copyOf(types);
		this.names = Map.copyOf(byType);
	}

	/**
	 * Types by their names.
	 * @throws IllegalArgumentException if a type has two names
	 */
	public static MessageTypes of(Map<String, Class<?>> types) {
		return new MessageTypes(types);
	}

	/**
	 * Types with the names that their {@link MessageType} gives them.
	 * @throws IllegalArgumentException if a type has no name, or two have the same
	 */
	public static MessageTypes ofAnnotated(Collection<Class<?>> annotated) {
		Map<String, Class<?>> types = new LinkedHashMap<>();
		for (Class<?> type : annotated) {
			MessageType name = type.getAnnotation(MessageType.class);
			if (name == null) {
				throw new IllegalArgumentException(type.getName() + " has no @MessageType");
			}
			Class<?> other = types.put(name.value(), type);
			if (other != null) {
				throw new IllegalArgumentException("'" + name.value() + "' is the name of two types, " + other.getName()
						+ " and " + type.getName());
			}
		}
		return new MessageTypes(types);
	}

	/**
	 * The types by their names.
	 */
	public Map<String, Class<?>> asMap() {
		return this.types;
	}

	@Nullable String name(Class<?> type) {
		return this.names.get(type);
	}

	@Nullable Class<?> type(String name) {
		return this.types.get(name);
	}

	/**
	 * Returns whether any of the types is a {@code parent}.
	 */
	boolean anyIs(Class<?> parent) {
		return this.names.keySet().stream().anyMatch(parent::isAssignableFrom);
	}

	Set<String> names() {
		return this.types.keySet();
	}

}
