package dev.servicebus.amqp.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A value of one of the composite types that AMQP 1.0 defines, with its fields by their
 * names: a performative, a terminus, a delivery state, an error. Made for looking at what
 * passes, not for the fast path. Immutable as long as the binaries it holds are.
 *
 * @param name the name of the type in the standard, for example {@code attach}
 * @param fields what is set, in the order of the standard, for example
 * {@code snd-settle-mode}; composite values within are of this class, lists and arrays
 * are lists
 */
public record Composite(String name, Map<String, Object> fields) {

	public Composite {
		Objects.requireNonNull(name, "name");
		fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
	}

	/**
	 * Returns a decoded value in which every composite value of the standard is of this
	 * class, at any depth. Descriptors that the standard does not define stay
	 * {@link DescribedValue}s.
	 */
	public static @Nullable Object named(@Nullable Object value) {
		if (value instanceof DescribedValue described) {
			CompositeType type = CompositeType.of(described.descriptor());
			return (type != null && described.value() instanceof List<?> list) ? of(type, list)
					: new DescribedValue(described.descriptor(), named(described.value()));
		}
		if (value instanceof Map<?, ?> map) {
			Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
			map.forEach((key, entry) -> result.put(named(key), named(entry)));
			return Collections.unmodifiableMap(result);
		}
		if (value instanceof Object[] array) {
			return named(Arrays.asList(array));
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> result = new ArrayList<>(list.size());
			list.forEach((element) -> result.add(named(element)));
			return Collections.unmodifiableList(result);
		}
		return value;
	}

	private static Composite of(CompositeType type, List<?> values) {
		Map<String, Object> fields = new LinkedHashMap<>();
		for (int i = 0; i < values.size(); i++) {
			Object field = named(values.get(i));
			if (field != null) {
				fields.put(type.field(i), field);
			}
		}
		return new Composite(type.typeName(), fields);
	}

	/**
	 * The value of a field, {@code null} if it is not set.
	 */
	public @Nullable Object field(String field) {
		return this.fields.get(field);
	}

	/**
	 * The same without some fields.
	 */
	public Composite without(String... names) {
		Map<String, Object> rest = new LinkedHashMap<>(this.fields);
		List.of(names).forEach(rest::remove);
		return new Composite(this.name, rest);
	}

	@Override
	public String toString() {
		return this.name + this.fields;
	}

}
