package dev.servicebus.emulator.amqp.management;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a management request. Clients write them with different types: keys as
 * strings or symbols, numbers of any width, arrays as arrays or lists. Immutable.
 */
final class RequestBody {

	private final Map<String, @Nullable Object> fields;

	private RequestBody(Map<String, @Nullable Object> fields) {
		this.fields = fields;
	}

	/**
	 * Reads the body of a request.
	 * @throws RefusedException if it is no map
	 */
	static RequestBody of(@Nullable Object body) {
		if (!(body instanceof Map<?, ?> map)) {
			throw new RefusedException(Failure.ARGUMENT_ERROR, "The body of the request must be a map.");
		}
		return new RequestBody(withTextKeys(map));
	}

	long number(String field) {
		if (this.fields.get(field) instanceof Number number) {
			return number.longValue();
		}
		throw malformed(field, "a number");
	}

	/**
	 * A number of things, which is not negative; more than an {@code int} can say is as
	 * many as it can.
	 */
	int count(String field) {
		long number = number(field);
		if (number < 0) {
			throw malformed(field, "a number that is not negative");
		}
		return (int) Math.min(number, Integer.MAX_VALUE);
	}

	/**
	 * A number of things, which is at least one.
	 */
	int positive(String field) {
		int count = count(field);
		if (count == 0) {
			throw malformed(field, "a positive number");
		}
		return count;
	}

	boolean flag(String field) {
		return Boolean.TRUE.equals(this.fields.get(field));
	}

	/**
	 * A value as it was decoded, {@code null} if the field is absent.
	 */
	@Nullable Object value(String field) {
		return this.fields.get(field);
	}

	String text(String field) {
		String text = optionalText(field);
		if (text == null) {
			throw malformed(field, "a string");
		}
		return text;
	}

	@Nullable String optionalText(String field) {
		Object value = this.fields.get(field);
		return (value != null) ? value.toString() : null;
	}

	/**
	 * An instant, which clients also write far beyond the year 9999.
	 */
	Instant instant(String field) {
		if (this.fields.get(field) instanceof Instant instant) {
			return instant;
		}
		throw malformed(field, "a timestamp");
	}

	byte[] binary(String field) {
		byte[] bytes = optionalBinary(field);
		if (bytes == null) {
			throw malformed(field, "a binary");
		}
		return bytes;
	}

	byte @Nullable [] optionalBinary(String field) {
		Object value = this.fields.get(field);
		if (value == null) {
			return null;
		}
		if (value instanceof byte[] bytes) {
			return bytes;
		}
		throw malformed(field, "a binary");
	}

	/**
	 * A map with text keys, empty if the field is absent.
	 */
	Map<String, @Nullable Object> optionalMap(String field) {
		Object value = this.fields.get(field);
		if (value == null) {
			return Map.of();
		}
		if (value instanceof Map<?, ?> map) {
			return withTextKeys(map);
		}
		throw malformed(field, "a map");
	}

	List<UUID> uuids(String field) {
		List<UUID> uuids = new ArrayList<>();
		for (Object element : elements(field)) {
			if (!(element instanceof UUID uuid)) {
				throw malformed(field, "an array of uuid");
			}
			uuids.add(uuid);
		}
		return uuids;
	}

	long[] numbers(String field) {
		List<?> elements = elements(field);
		long[] numbers = new long[elements.size()];
		for (int i = 0; i < numbers.length; i++) {
			if (!(elements.get(i) instanceof Number number)) {
				throw malformed(field, "an array of long");
			}
			numbers[i] = number.longValue();
		}
		return numbers;
	}

	List<RequestBody> bodies(String field) {
		List<RequestBody> bodies = new ArrayList<>();
		for (Object element : elements(field)) {
			bodies.add(of(element));
		}
		return bodies;
	}

	private List<?> elements(String field) {
		Object value = this.fields.get(field);
		List<?> elements = (value instanceof Object[] array) ? Arrays.asList(array)
				: (value instanceof List<?> list) ? list : List.of();
		if (elements.isEmpty()) {
			throw malformed(field, "an array with at least one element");
		}
		return elements;
	}

	private static Map<String, @Nullable Object> withTextKeys(Map<?, ?> map) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		map.forEach((key, value) -> result.put(String.valueOf(key), value));
		return result;
	}

	private static RefusedException malformed(String field, String expected) {
		return new RefusedException(Failure.ARGUMENT_ERROR,
				"The field '" + field + "' of the request must be " + expected + ".");
	}

}
