package dev.servicebus.client.admin;

import java.util.Objects;

/**
 * A part of a description for which this version has no property. It is sent back as it
 * came when the entity is updated, so that nothing is lost. Immutable.
 *
 * @param name the name of the element
 * @param after the name of the element before it, empty if it was the first one
 * @param xml the element itself
 */
public record OtherElement(String name, String after, String xml) {

	public OtherElement {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(after, "after");
		Objects.requireNonNull(xml, "xml");
	}

}
