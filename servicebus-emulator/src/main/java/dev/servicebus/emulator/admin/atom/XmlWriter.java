package dev.servicebus.emulator.admin.atom;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

import javax.xml.XMLConstants;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import org.jspecify.annotations.Nullable;

/**
 * Writes one document. Prefixes stand where and as they are asked for: some clients read
 * them as text. Characters that XML cannot hold become U+FFFD. Not thread-safe.
 */
public final class XmlWriter {

	/** The prefix of XML schema's own attributes. */
	private static final String SCHEMA_INSTANCE = "i";

	private final StringWriter text = new StringWriter();

	private final XMLStreamWriter xml;

	/**
	 * Begins a document.
	 */
	public XmlWriter() {
		try {
			this.xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(this.text);
			this.xml.writeStartDocument("utf-8", "1.0");
		}
		catch (XMLStreamException ex) {
			throw unexpected(ex);
		}
	}

	/**
	 * Begins an element in the namespace of its parent.
	 */
	public XmlWriter start(String name) {
		return write(() -> this.xml.writeStartElement(name));
	}

	/**
	 * Begins an element whose namespace is also that of its children.
	 */
	public XmlWriter start(String name, String namespace) {
		start(name);
		return write(() -> this.xml.writeDefaultNamespace(namespace));
	}

	/**
	 * Makes the prefix for {@link #type} known in the element that was begun last.
	 */
	public XmlWriter declareTypes() {
		return declare(SCHEMA_INSTANCE, XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI);
	}

	/**
	 * Makes a prefix known in the element that was begun last.
	 */
	public XmlWriter declare(String prefix, String namespace) {
		return write(() -> this.xml.writeNamespace(prefix, namespace));
	}

	/**
	 * Gives the element that was begun last its XML schema type.
	 */
	public XmlWriter type(String type) {
		return write(() -> this.xml.writeAttribute(SCHEMA_INSTANCE, XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "type",
				type));
	}

	public XmlWriter attribute(String name, String value) {
		return write(() -> this.xml.writeAttribute(name, representable(value)));
	}

	/**
	 * Writes an element that holds a text; nothing if the text is {@code null}.
	 */
	public XmlWriter element(String name, @Nullable Object value) {
		return (value != null) ? start(name).text(value.toString()).end() : this;
	}

	/**
	 * Writes an element with a prefix that was declared.
	 */
	public XmlWriter element(String prefix, String namespace, String name, Object value) {
		write(() -> this.xml.writeStartElement(prefix, name, namespace));
		return text(value.toString()).end();
	}

	public XmlWriter text(String value) {
		return write(() -> this.xml.writeCharacters(representable(value)));
	}

	public XmlWriter end() {
		return write(this.xml::writeEndElement);
	}

	/**
	 * Ends what is still open.
	 * @return the document in UTF-8
	 */
	public byte[] toBytes() {
		write(this.xml::writeEndDocument).write(this.xml::close);
		return this.text.toString().getBytes(StandardCharsets.UTF_8);
	}

	private XmlWriter write(Step step) {
		try {
			step.run();
			return this;
		}
		catch (XMLStreamException ex) {
			throw unexpected(ex);
		}
	}

	private static String representable(String value) {
		if (value.chars().allMatch((c) -> c >= 0x20 && c < 0xD800)) {
			return value;
		}
		StringBuilder result = new StringBuilder(value.length());
		value.codePoints().map((c) -> isRepresentable(c) ? c : 0xFFFD).forEach(result::appendCodePoint);
		return result.toString();
	}

	private static boolean isRepresentable(int c) {
		return (c >= 0x20) ? (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF
				: c == '\t' || c == '\n' || c == '\r';
	}

	private static IllegalStateException unexpected(XMLStreamException ex) {
		return new IllegalStateException("A document in memory could not be written", ex);
	}

	@FunctionalInterface
	private interface Step {

		void run() throws XMLStreamException;

	}

}
