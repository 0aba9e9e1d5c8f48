package dev.servicebus.amqp;

import java.util.Map;
import java.util.Objects;

import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Why a peer ended something or refused it (AMQP 1.0 section 2.8.14). Immutable.
 *
 * @param condition names the kind of error, see {@link ErrorCondition}
 * @param description text for people, if any
 * @param info further details, may be empty
 */
public record AmqpError(Symbol condition, @Nullable String description, Map<Symbol, Object> info) {

	public AmqpError {
		Objects.requireNonNull(condition, "condition");
		info = Map.copyOf(info);
	}

	/**
	 * An error with a description and no further details.
	 */
	public static AmqpError of(Symbol condition, @Nullable String description) {
		return new AmqpError(condition, description, Map.of());
	}

	@Override
	public String toString() {
		return (this.description != null) ? this.condition + ": " + this.description : this.condition.toString();
	}

}
