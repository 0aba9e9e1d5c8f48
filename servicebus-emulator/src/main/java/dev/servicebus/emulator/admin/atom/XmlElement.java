package dev.servicebus.emulator.admin.atom;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An element of a document that was read. Namespaces are not kept, because clients
 * disagree on them; elements that are {@code nil} are left out. Immutable.
 *
 * @param name the local name
 * @param type the local name of its XML schema type, {@code null} if it does not say
 * @param text the characters in it, those of its children not included
 * @param children the elements in it
 */
public record XmlElement(String name, @Nullable String type, String text, List<XmlElement> children) {

	public XmlElement {
		children = List.copyOf(children);
	}

	/**
	 * The first child of that name, {@code null} if there is none.
	 */
	public @Nullable XmlElement child(String childName) {
		for (XmlElement child : this.children) {
			if (child.name.equals(childName)) {
				return child;
			}
		}
		return null;
	}

	/**
	 * All children of that name.
	 */
	public List<XmlElement> children(String childName) {
		return this.children.stream().filter((child) -> child.name.equals(childName)).toList();
	}

	/**
	 * The text of the first child of that name, {@code null} if there is none or it is
	 * empty.
	 */
	public @Nullable String childText(String childName) {
		XmlElement child = child(childName);
		return (child != null && !child.text.isEmpty()) ? child.text : null;
	}

}
