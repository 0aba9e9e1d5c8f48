package dev.servicebus.client.admin.atom;

import java.util.List;
import java.util.function.Function;

import javax.xml.namespace.QName;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the feed: the name of an entity and its description. Immutable.
 */
public final class Entry {

	private final String title;

	private final XmlElement content;

	Entry(String title, XmlElement content) {
		this.title = title;
		this.content = content;
	}

	static Entry of(XmlElement entry) {
		XmlElement content = entry.child("content");
		if (content == null || content.children().size() != 1) {
			throw new MalformedDocumentException("an entry has no content");
		}
		return new Entry(textOf(entry.childText("title")), content.children().get(0));
	}

	/**
	 * Wraps a description for sending.
	 */
	static String write(XmlElement description) {
		XmlElement content = XmlElement.of(XmlNames.ATOM, "content", List.of(description))
			.withAttribute(new QName("type"), "application/xml");
		return XmlWriter.write(XmlElement.of(XmlNames.ATOM, "entry", List.of(content)));
	}

	String title() {
		return this.title;
	}

	/**
	 * Reads the description.
	 * @param rootName what it has to describe
	 * @param reader makes something of it
	 * @throws OtherKindException if it describes something else
	 */
	<T> T read(String rootName, Function<DescriptionReader, T> reader) {
		if (!this.content.name().equals(rootName)) {
			throw new OtherKindException(this.content.name(), rootName);
		}
		try {
			return reader.apply(new DescriptionReader(this.content));
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedDocumentException("it describes what cannot be: " + ex.getMessage(), ex);
		}
	}

	private static String textOf(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
