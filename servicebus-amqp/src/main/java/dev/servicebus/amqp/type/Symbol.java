package dev.servicebus.amqp.type;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

/**
 * An AMQP {@code symbol}: ASCII text from a constrained vocabulary. Immutable.
 */
public final class Symbol implements Comparable<Symbol> {

	/**
	 * Bounds what a peer can make us keep by sending ever new symbols.
	 */
	private static final int MAX_CACHED = 1024;

	private static final ConcurrentMap<String, Symbol> CACHE = new ConcurrentHashMap<>();

	private final String value;

	private Symbol(String value) {
		this.value = value;
	}

	/**
	 * Returns the symbol with this text.
	 */
	public static Symbol of(String value) {
		Objects.requireNonNull(value, "value");
		Symbol cached = CACHE.get(value);
		if (cached != null) {
			return cached;
		}
		Symbol symbol = new Symbol(value);
		if (CACHE.size() < MAX_CACHED) {
			CACHE.putIfAbsent(value, symbol);
		}
		return symbol;
	}

	@Override
	public int compareTo(Symbol other) {
		return this.value.compareTo(other.value);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof Symbol symbol && this.value.equals(symbol.value));
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	@Override
	public String toString() {
		return this.value;
	}

}
