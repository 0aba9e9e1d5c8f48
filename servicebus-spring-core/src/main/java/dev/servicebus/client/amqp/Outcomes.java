package dev.servicebus.client.amqp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.error.VendorCondition;
import dev.servicebus.message.ApplicationProperties;
import org.jspecify.annotations.Nullable;

/**
 * How dispositions look on a link: complete is {@code accepted}, abandon and defer are
 * {@code modified} and differ in {@code undeliverable-here}, dead-letter is
 * {@code rejected} with a condition that means no error, release is {@code released}.
 */
final class Outcomes {

	private static final Symbol REASON = Symbol.of("DeadLetterReason");

	private static final Symbol DESCRIPTION = Symbol.of("DeadLetterErrorDescription");

	private static final DeliveryState ABANDON = new DeliveryState.Modified(null, false, Map.of());

	private static final DeliveryState DEFER = new DeliveryState.Modified(null, true, Map.of());

	private Outcomes() {
	}

	static DeliveryState of(Disposition disposition) {
		if (disposition instanceof Disposition.Complete) {
			return DeliveryState.Accepted.INSTANCE;
		}
		if (disposition instanceof Disposition.Release) {
			return DeliveryState.Released.INSTANCE;
		}
		if (disposition instanceof Disposition.Abandon abandon) {
			return abandon.propertiesToModify().isEmpty() ? ABANDON
					: new DeliveryState.Modified(null, false, toAnnotations(abandon.propertiesToModify()));
		}
		if (disposition instanceof Disposition.Defer defer) {
			return defer.propertiesToModify().isEmpty() ? DEFER
					: new DeliveryState.Modified(null, true, toAnnotations(defer.propertiesToModify()));
		}
		return rejected((Disposition.DeadLetter) disposition);
	}

	/**
	 * Returns whether the broker's answer confirms a disposition: it has the same kind
	 * and no error.
	 */
	static boolean confirms(Disposition disposition, @Nullable DeliveryState answer) {
		if (disposition instanceof Disposition.Complete) {
			return answer instanceof DeliveryState.Accepted;
		}
		if (disposition instanceof Disposition.Release) {
			return answer instanceof DeliveryState.Released;
		}
		if (disposition instanceof Disposition.DeadLetter) {
			return answer instanceof DeliveryState.Rejected rejected && rejected.error() == null;
		}
		return answer instanceof DeliveryState.Modified;
	}

	/**
	 * Names a disposition in texts.
	 */
	static String verb(Disposition disposition) {
		if (disposition instanceof Disposition.Complete) {
			return "complete";
		}
		if (disposition instanceof Disposition.Release) {
			return "release";
		}
		if (disposition instanceof Disposition.Abandon) {
			return "abandon";
		}
		return (disposition instanceof Disposition.Defer) ? "defer" : "dead-letter";
	}

	private static DeliveryState rejected(Disposition.DeadLetter deadLetter) {
		Map<Symbol, Object> info = toAnnotations(deadLetter.propertiesToModify());
		if (deadLetter.reason() != null) {
			info.put(REASON, deadLetter.reason());
		}
		if (deadLetter.description() != null) {
			info.put(DESCRIPTION, deadLetter.description());
		}
		return new DeliveryState.Rejected(new AmqpError(VendorCondition.DEAD_LETTER, null, info));
	}

	private static Map<Symbol, Object> toAnnotations(Map<String, Object> properties) {
		Map<Symbol, Object> result = new LinkedHashMap<>();
		ApplicationProperties.toAmqp(properties)
			.forEach((key, value) -> result.put(Symbol.of(key), Objects.requireNonNull(value)));
		return result;
	}

}
