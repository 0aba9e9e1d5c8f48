package dev.servicebus.amqp;

import java.util.List;
import java.util.Map;

import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * One end of a link: where messages come from or go to (AMQP 1.0 section 3.5). Immutable.
 */
public sealed interface Terminus {

	/**
	 * Where messages of a link come from.
	 *
	 * @param address the node, {@code null} if the link leaves it open
	 * @param filters restrict what is sent; values may be
	 * {@linkplain dev.servicebus.amqp.type.DescribedValue described} or null
	 */
	record Source(@Nullable String address, Map<Symbol, @Nullable Object> filters) implements Terminus {

		public static Source of(@Nullable String address) {
			return new Source(address, Map.of());
		}

	}

	/**
	 * Where messages of a link go to.
	 *
	 * @param address the node, {@code null} if the link leaves it open
	 */
	record Target(@Nullable String address) implements Terminus {

	}

	/**
	 * The target of a link that controls transactions.
	 *
	 * @param capabilities the kinds of transaction that are wanted or offered
	 */
	record Coordinator(List<Symbol> capabilities) implements Terminus {

	}

}
