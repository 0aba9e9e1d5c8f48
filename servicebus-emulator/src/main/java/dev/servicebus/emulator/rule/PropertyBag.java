package dev.servicebus.emulator.rule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * User properties by names whose case does not count. Of two names that differ only by
 * case the exact one wins, then the first. The properties it begins with are never
 * changed. Not thread-safe.
 */
public final class PropertyBag {

	private Map<String, @Nullable Object> properties;

	private boolean copied;

	/**
	 * A bag that begins with the given properties.
	 * @param properties are read in place; the first change makes a copy
	 */
	public PropertyBag(Map<String, @Nullable Object> properties) {
		this.properties = properties;
	}

	public @Nullable Object get(String name) {
		Object value = this.properties.get(name);
		if (value != null) {
			return value;
		}
		String key = findKey(name);
		return (key != null) ? this.properties.get(key) : null;
	}

	public boolean contains(String name) {
		return findKey(name) != null;
	}

	/**
	 * Sets a property. One that is there keeps the case of its name.
	 */
	public void set(String name, @Nullable Object value) {
		String key = findKey(name);
		writable().put((key != null) ? key : name, value);
	}

	/**
	 * Removes a property if it is there, in whatever case it is written.
	 */
	public void remove(String name) {
		if (contains(name)) {
			writable().keySet().removeIf(name::equalsIgnoreCase);
		}
	}

	/**
	 * The properties as they are now, not to be modified.
	 */
	public Map<String, @Nullable Object> asMap() {
		return Collections.unmodifiableMap(this.properties);
	}

	private Map<String, @Nullable Object> writable() {
		if (!this.copied) {
			this.properties = new LinkedHashMap<>(this.properties);
			this.copied = true;
		}
		return this.properties;
	}

	private @Nullable String findKey(String name) {
		if (this.properties.containsKey(name)) {
			return name;
		}
		for (String key : this.properties.keySet()) {
			if (key.equalsIgnoreCase(name)) {
				return key;
			}
		}
		return null;
	}

}
