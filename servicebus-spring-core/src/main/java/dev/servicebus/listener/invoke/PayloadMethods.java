package dev.servicebus.listener.invoke;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.servicebus.converter.MessageType;
import dev.servicebus.converter.MessageTypes;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * The methods of a listener class. Chooses one for each message: by the name of the type
 * that the message tells, or else by its content type. Immutable.
 */
final class PayloadMethods {

	private static final String TEXT = "text/";

	private static final String SAME_PAYLOADS = "they are for the same payloads";

	private static final String BYTES = "application/octet-stream";

	private final List<PayloadMethod> methods;

	private final Map<String, PayloadMethod> byName;

	private final @Nullable PayloadMethod text;

	private final @Nullable PayloadMethod bytes;

	private final @Nullable PayloadMethod unnamed;

	private final @Nullable PayloadMethod fallback;

	/**
	 * Makes a choice.
	 * @param types the types whose names messages tell
	 * @throws IllegalArgumentException if the methods contradict each other, or one of
	 * them could never be chosen
	 */
	PayloadMethods(List<PayloadMethod> methods, MessageTypes types) {
		this.methods = methods;
		methods.forEach(this::refuseTwins);
		this.fallback = only(PayloadMethod::isDefault, "there can be one default");
		this.text = only(PayloadMethod::isOfText, SAME_PAYLOADS);
		this.bytes = only(PayloadMethod::isOfBytes, SAME_PAYLOADS);
		this.unnamed = unnamed();
		this.byName = byName(types);
		methods.forEach(this::refuseIfNeverChosen);
	}

	/**
	 * Chooses the method for a message.
	 * @throws NoHandlerException if there is none
	 */
	PayloadMethod choose(ServiceBusReceivedMessage message) {
		Object name = message.applicationProperties().get(MessageTypes.PROPERTY);
		PayloadMethod method = (name != null) ? this.byName.getOrDefault(name.toString(), this.fallback)
				: byContent(message.contentType());
		if (method == null) {
			String type = (name != null) ? "is a '" + name + "'"
					: "does not name its type and has content type '" + message.contentType() + "'";
			throw new NoHandlerException("No method is for message " + message.sequenceNumber() + ", which " + type
					+ "; there are " + this.methods + ", types are known by the names "
					+ new TreeMap<>(this.byName).keySet() + ", and none of the methods is the default");
		}
		return method;
	}

	private @Nullable PayloadMethod byContent(@Nullable String contentType) {
		if (this.text != null && contentType != null && contentType.startsWith(TEXT)) {
			return this.text;
		}
		return (this.bytes != null && contentType != null && contentType.startsWith(BYTES)) ? this.bytes : this.unnamed;
	}

	/** Of a message that tells nothing about its payload. */
	private @Nullable PayloadMethod unnamed() {
		if (this.fallback != null || this.methods.size() == 1) {
			return (this.fallback != null) ? this.fallback : this.methods.get(0);
		}
		List<PayloadMethod> objects = this.methods.stream()
			.filter((method) -> !method.isOfText() && !method.isOfBytes())
			.toList();
		return (objects.size() == 1) ? objects.get(0) : null;
	}

	private Map<String, PayloadMethod> byName(MessageTypes types) {
		Map<String, Class<?>> known = new HashMap<>(types.asMap());
		this.methods.forEach((method) -> addAnnotated(known, method.payload()));
		Map<String, PayloadMethod> byName = new HashMap<>();
		known.forEach((name, type) -> {
			PayloadMethod nearest = nearest(type);
			if (nearest != null) {
				byName.put(name, nearest);
			}
		});
		return Map.copyOf(byName);
	}

	private static void addAnnotated(Map<String, Class<?>> known, @Nullable Class<?> payload) {
		MessageType annotation = (payload != null) ? payload.getAnnotation(MessageType.class) : null;
		if (payload == null || annotation == null) {
			return;
		}
		Class<?> other = known.put(annotation.value(), payload);
		if (other != null && other != payload) {
			throw new IllegalArgumentException("'" + annotation.value() + "' is the name of two types, "
					+ other.getName() + " and " + payload.getName());
		}
	}

	private @Nullable PayloadMethod nearest(Class<?> type) {
		List<PayloadMethod> possible = this.methods.stream().filter((method) -> method.isFor(type)).toList();
		List<PayloadMethod> nearest = possible.stream()
			.filter((method) -> possible.stream().noneMatch((other) -> other.isNearerThan(method)))
			.toList();
		if (nearest.size() > 1) {
			throw new IllegalArgumentException(
					nearest + " are equally near to " + type.getName() + "; add a method for it");
		}
		return nearest.isEmpty() ? null : nearest.get(0);
	}

	private @Nullable PayloadMethod only(Predicate<PayloadMethod> condition, String reason) {
		List<PayloadMethod> found = new ArrayList<>(this.methods);
		found.removeIf(condition.negate());
		if (found.size() > 1) {
			throw new IllegalArgumentException(found + " contradict each other: " + reason);
		}
		return found.isEmpty() ? null : found.get(0);
	}

	private void refuseTwins(PayloadMethod method) {
		only((other) -> other == method || (method.payload() != null && other.payload() == method.payload()),
				SAME_PAYLOADS);
	}

	private void refuseIfNeverChosen(PayloadMethod method) {
		boolean chosen = method == this.text || method == this.bytes || method == this.unnamed
				|| this.byName.containsValue(method);
		if (!chosen) {
			throw new IllegalArgumentException(method + " would never be called: "
					+ ((method.payload() == null) ? "it does not say for which payloads it is"
							: "no name of a type leads to it; annotate " + method.payload().getSimpleName()
									+ " with @MessageType, or list it in MessageTypes")
					+ ", or make the method the default");
		}
	}

	@Override
	public String toString() {
		return this.methods.toString();
	}

}
