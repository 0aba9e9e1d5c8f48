package dev.servicebus.emulator.rule;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A message that consists of nothing but its properties.
 */
final class TestSubject implements RuleTarget {

	private final Map<SystemProperty, Object> system = new EnumMap<>(SystemProperty.class);

	private PropertyBag user = new PropertyBag(Map.of());

	private @Nullable UUID newId;

	TestSubject with(SystemProperty property, Object value) {
		this.system.put(property, value);
		return this;
	}

	TestSubject with(String name, @Nullable Object value) {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>(this.user.asMap());
		properties.put(name, value);
		this.user = new PropertyBag(properties);
		return this;
	}

	TestSubject withNewId(UUID value) {
		this.newId = value;
		return this;
	}

	Map<String, @Nullable Object> userProperties() {
		return this.user.asMap();
	}

	@Override
	public UUID newId() {
		return (this.newId != null) ? this.newId : RuleTarget.super.newId();
	}

	@Override
	public @Nullable Object systemProperty(SystemProperty property) {
		return this.system.get(property);
	}

	@Override
	public @Nullable Object userProperty(String name) {
		return this.user.get(name);
	}

	@Override
	public boolean hasUserProperty(String name) {
		return this.user.contains(name);
	}

	@Override
	public void setSystemProperty(SystemProperty property, @Nullable Object value) {
		if (value == null) {
			this.system.remove(property);
		}
		else {
			this.system.put(property, value);
		}
	}

	@Override
	public void setUserProperty(String name, @Nullable Object value) {
		this.user.set(name, value);
	}

	@Override
	public void removeUserProperty(String name) {
		this.user.remove(name);
	}

	@Override
	public String toString() {
		return this.system + " " + this.user.asMap();
	}

}
