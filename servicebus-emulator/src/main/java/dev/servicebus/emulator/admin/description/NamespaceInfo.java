package dev.servicebus.emulator.admin.description;

import java.time.Instant;

import dev.servicebus.emulator.admin.atom.XmlWriter;

/**
 * The description of the namespace.
 */
public final class NamespaceInfo {

	private NamespaceInfo() {
	}

	/**
	 * Writes the description. Only a premium namespace has messaging units.
	 * @param name the name of the namespace
	 * @param createdAt since when it has been there
	 * @param xml where to write
	 */
	public static void write(String name, Instant createdAt, XmlWriter xml) {
		xml.start("NamespaceInfo", EntityDescription.NAMESPACE).declareTypes();
		xml.element("CreatedTime", createdAt)
			.element("MessagingSKU", "Standard")
			.element("ModifiedTime", createdAt)
			.element("Name", name)
			.element("NamespaceType", "Messaging");
		xml.end();
	}

}
