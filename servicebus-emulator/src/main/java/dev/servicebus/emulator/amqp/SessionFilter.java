package dev.servicebus.emulator.amqp;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * The filter by which a client asks for a session. Some clients write its value with a
 * descriptor and some without, and each understands only its own way in the answer.
 * Immutable.
 *
 * @param source where the filter was found
 * @param descriptor the descriptor of the value, {@code null} for a plain value
 * @param sessionId the session, {@code null} for whatever session is free
 */
record SessionFilter(Terminus.Source source, @Nullable Object descriptor, @Nullable String sessionId) {

	private static final Symbol NAME = Symbol.of("com.microsoft:session-filter");

	/**
	 * Finds the filter.
	 * @return {@code null} if there is none
	 * @throws RefusedException if its value is not the id of a session
	 */
	static @Nullable SessionFilter of(Terminus.@Nullable Source source) {
		if (source == null || !source.filters().containsKey(NAME)) {
			return null;
		}
		Object value = source.filters().get(NAME);
		return (value instanceof DescribedValue described)
				? new SessionFilter(source, described.descriptor(), sessionId(described.value()))
				: new SessionFilter(source, null, sessionId(value));
	}

	/**
	 * The source of the answer: the one of the client, with the session that it got.
	 */
	Terminus.Source answer(String acceptedId) {
		Map<Symbol, @Nullable Object> filters = new LinkedHashMap<>(this.source.filters());
		filters.put(NAME, (this.descriptor != null) ? new DescribedValue(this.descriptor, acceptedId) : acceptedId);
		return new Terminus.Source(this.source.address(), filters);
	}

	private static @Nullable String sessionId(@Nullable Object value) {
		if (value == null || value instanceof String) {
			return (String) value;
		}
		throw new RefusedException(Failure.ARGUMENT_ERROR,
				"The filter '" + NAME + "' must be a string or null but is " + value + ".");
	}

}
