package dev.servicebus.client.admin.atom;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.servicebus.client.admin.EntityDefaults;
import dev.servicebus.client.admin.OtherElement;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the values of a description and puts them into the order of its layout.
 */
final class DescriptionWriter {

	private final String rootName;

	private final Layout layout;

	private final Change change;

	private final List<XmlElement> elements = new ArrayList<>();

	DescriptionWriter(String rootName, Layout layout, Change change) {
		this.rootName = rootName;
		this.layout = layout;
		this.change = change;
	}

	DescriptionWriter text(String name, @Nullable Object value) {
		if (value != null) {
			this.elements.add(XmlElement.text(XmlNames.CONNECT, name, value.toString()));
		}
		return this;
	}

	DescriptionWriter duration(String name, Duration value) {
		return text(name, XmlValues.write(value));
	}

	/**
	 * Adds a duration that is left out of a new entity when it is unlimited: tiers with a
	 * limit refuse what exceeds it, even if it is their own default elsewhere.
	 */
	DescriptionWriter limit(String name, Duration value) {
		return (isCreate() && value.equals(EntityDefaults.UNLIMITED)) ? this : duration(name, value);
	}

	/**
	 * Adds the path of an entity as the URL that the service expects.
	 */
	DescriptionWriter entityPath(String name, @Nullable String path, String host) {
		return text(name, (path != null) ? "https://" + host + '/' + path : null);
	}

	DescriptionWriter element(XmlElement element) {
		this.elements.add(element);
		return this;
	}

	boolean isCreate() {
		return this.change == Change.CREATE;
	}

	/**
	 * The description. What came with the entity when it was read goes into an update
	 * only: a new entity has nothing to keep.
	 */
	XmlElement build(List<OtherElement> others) {
		List<XmlElement> arranged = this.layout.arrange(this.elements, isCreate() ? List.of() : others);
		return XmlElement.of(XmlNames.CONNECT, this.rootName, arranged)
			.withPrefixes(Map.of(XmlWriter.INSTANCE_PREFIX, XmlNames.INSTANCE));
	}

}
