package dev.servicebus.client.admin.atom;

import java.util.List;
import java.util.Map;

import javax.xml.namespace.QName;

import org.jspecify.annotations.Nullable;

/**
 * An element of an XML document: either other elements or text. Immutable.
 *
 * @param namespace the namespace of its name, empty for none
 * @param name its local name
 * @param attributes the attributes by name
 * @param prefixes the prefixes that it declares, with their namespaces; values of
 * attributes may refer to them
 * @param children the elements in it
 * @param text the text in it, without that of its children
 */
record XmlElement(String namespace, String name, Map<QName, String> attributes, Map<String, String> prefixes,
		List<XmlElement> children, String text) {

	/**
	 * An element with other elements in it.
	 */
	static XmlElement of(String namespace, String name, List<XmlElement> children) {
		return new XmlElement(namespace, name, Map.of(), Map.of(), List.copyOf(children), "");
	}

	/**
	 * An element with text in it.
	 */
	static XmlElement text(String namespace, String name, String text) {
		return new XmlElement(namespace, name, Map.of(), Map.of(), List.of(), text);
	}

	XmlElement withAttribute(QName attribute, String value) {
		return new XmlElement(this.namespace, this.name, Map.of(attribute, value), this.prefixes, this.children,
				this.text);
	}

	XmlElement withPrefixes(Map<String, String> newPrefixes) {
		return new XmlElement(this.namespace, this.name, this.attributes, newPrefixes, this.children, this.text);
	}

	/**
	 * The first child of this name in any namespace.
	 */
	@Nullable XmlElement child(String childName) {
		for (XmlElement child : this.children) {
			if (child.name.equals(childName)) {
				return child;
			}
		}
		return null;
	}

	/**
	 * All children of this name in any namespace.
	 */
	List<XmlElement> children(String childName) {
		return this.children.stream().filter((child) -> child.name.equals(childName)).toList();
	}

	/**
	 * The text of a child without the white space around it, {@code null} if it is
	 * missing or empty.
	 */
	@Nullable String childText(String childName) {
		XmlElement child = child(childName);
		String value = (child != null) ? child.text.strip() : "";
		return value.isEmpty() ? null : value;
	}

	/**
	 * An attribute without a namespace, {@code null} if it is missing.
	 */
	@Nullable String attribute(String attributeName) {
		return this.attributes.get(new QName(attributeName));
	}

	/**
	 * The type that the element states for its content, without prefix; empty if it
	 * states none.
	 */
	String type() {
		String type = this.attributes.getOrDefault(XmlNames.TYPE, "");
		return type.substring(type.indexOf(':') + 1);
	}

}
