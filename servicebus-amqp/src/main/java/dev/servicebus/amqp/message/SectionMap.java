package dev.servicebus.amqp.message;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.servicebus.amqp.codec.AmqpReader;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map in the order of its entries, for the handful of them that a section
 * has. One array costs a fraction of a hash map to fill and to keep, and comparing a few
 * keys is as fast as hashing one. Thread-safe.
 */
public final class SectionMap<K> extends AbstractMap<K, @Nullable Object> {

	/**
	 * From here on it is faster to hash, and a peer could make it slow not to.
	 */
	private static final int MAX_ENTRIES = 16;

	/**
	 * Keys at even indices, each followed by its value.
	 */
	private final @Nullable Object[] table;

	private SectionMap(@Nullable Object[] table) {
		this.table = table;
	}

	/**
	 * Returns an immutable copy with the same order, which is {@code map} itself if it is
	 * one already.
	 * @throws NullPointerException if a key is null
	 */
	@SuppressWarnings("unchecked")
	public static <K> Map<K, @Nullable Object> copyOf(Map<K, ? extends @Nullable Object> map) {
		if (map instanceof SectionMap<?>) {
			return (SectionMap<K>) map;
		}
		if (map.isEmpty()) {
			return Map.of();
		}
		if (map.size() > MAX_ENTRIES) {
			return Collections.unmodifiableMap(new LinkedHashMap<>(map));
		}
		@Nullable Object[] table = new Object[2 * map.size()];
		int end = 0;
		for (Map.Entry<K, ? extends @Nullable Object> entry : map.entrySet()) {
			table[end++] = Objects.requireNonNull(entry.getKey(), "key");
			table[end++] = entry.getValue();
		}
		return new SectionMap<>(table);
	}

	/**
	 * Returns an immutable map with the same keys and order, whose values are what
	 * {@code conversion} makes of each. A section map is returned as it is if all of them
	 * stay what they are.
	 */
	public static <K> Map<K, @Nullable Object> convert(Map<K, ? extends @Nullable Object> map,
			BiFunction<? super K, @Nullable Object, @Nullable Object> conversion) {
		Map<K, @Nullable Object> copy = copyOf(map);
		if (copy.isEmpty()) {
			return copy;
		}
		if (copy instanceof SectionMap<K> small) {
			return small.converted(conversion);
		}
		Map<K, @Nullable Object> converted = new LinkedHashMap<>(copy);
		converted.replaceAll(conversion);
		return Collections.unmodifiableMap(converted);
	}

	private SectionMap<K> converted(BiFunction<? super K, @Nullable Object, @Nullable Object> conversion) {
		@Nullable Object[] converted = this.table;
		for (int i = 0; i < this.table.length; i += 2) {
			Object value = this.table[i + 1];
			Object result = conversion.apply(key(i), value);
			if (result != value) {
				converted = (converted == this.table) ? this.table.clone() : converted;
				converted[i + 1] = result;
			}
		}
		return (converted == this.table) ? this : new SectionMap<>(converted);
	}

	/**
	 * Reads the content of a map. Of entries with equal keys the last one counts.
	 * @param reader reads from the first key on
	 * @param entries the number of entries
	 * @param keys reads a key
	 */
	static <K> Map<K, @Nullable Object> read(AmqpReader reader, int entries, Function<AmqpReader, K> keys) {
		if (entries > MAX_ENTRIES) {
			Map<K, @Nullable Object> map = new LinkedHashMap<>();
			for (int i = 0; i < entries; i++) {
				map.put(keys.apply(reader), reader.readValue());
			}
			return Collections.unmodifiableMap(map);
		}
		@Nullable Object[] table = new Object[2 * entries];
		int end = 0;
		for (int i = 0; i < entries; i++) {
			K key = keys.apply(reader);
			int index = indexOf(table, end, key);
			if (index < 0) {
				index = end;
				end += 2;
			}
			table[index] = key;
			table[index + 1] = reader.readValue();
		}
		return new SectionMap<>((end < table.length) ? Arrays.copyOf(table, end) : table);
	}

	@Override
	public int size() {
		return this.table.length / 2;
	}

	@Override
	public boolean containsKey(@Nullable Object key) {
		return indexOf(this.table, this.table.length, key) >= 0;
	}

	@Override
	public @Nullable Object get(@Nullable Object key) {
		int index = indexOf(this.table, this.table.length, key);
		return (index >= 0) ? this.table[index + 1] : null;
	}

	@Override
	public void forEach(BiConsumer<? super K, ? super @Nullable Object> action) {
		for (int i = 0; i < this.table.length; i += 2) {
			action.accept(key(i), this.table[i + 1]);
		}
	}

	@Override
	public Set<Map.Entry<K, @Nullable Object>> entrySet() {
		return new Entries();
	}

	@SuppressWarnings("unchecked")
	private K key(int index) {
		return (K) Objects.requireNonNull(this.table[index]);
	}

	private static int indexOf(@Nullable Object[] table, int end, @Nullable Object key) {
		for (int i = 0; i < end; i += 2) {
			Object candidate = table[i];
			if (candidate != null && candidate.equals(key)) {
				return i;
			}
		}
		return -1;
	}

	private final class Entries extends AbstractSet<Map.Entry<K, @Nullable Object>> {

		@Override
		public int size() {
			return SectionMap.this.size();
		}

		@Override
		public Iterator<Map.Entry<K, @Nullable Object>> iterator() {
			return new EntryIterator();
		}

	}

	private final class EntryIterator implements Iterator<Map.Entry<K, @Nullable Object>> {

		private int next;

		@Override
		public boolean hasNext() {
			return this.next < SectionMap.this.table.length;
		}

		@Override
		public Map.Entry<K, @Nullable Object> next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			int index = this.next;
			this.next += 2;
			return new SimpleImmutableEntry<>(key(index), SectionMap.this.table[index + 1]);
		}

	}

}
