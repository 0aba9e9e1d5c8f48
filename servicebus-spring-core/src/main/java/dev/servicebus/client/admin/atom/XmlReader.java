package dev.servicebus.client.admin.atom;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.jspecify.annotations.Nullable;

/**
 * Reads documents that nobody vouches for: without document types and entities of their
 * own, and neither deep nor large enough to do harm.
 */
final class XmlReader {

	/** Descriptions are nested about eight deep. */
	private static final int MAX_DEPTH = 32;

	private static final int MAX_ELEMENTS = 200_000;

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	/** That of the JDK, whatever else is on the class path: its limits are known. */
	private static final XMLInputFactory FACTORY = XMLInputFactory.newDefaultFactory();

	static {
		FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		FACTORY.setProperty(XMLInputFactory.IS_COALESCING, true);
	}

	private final XMLStreamReader stream;

	private int elements;

	private XmlReader(XMLStreamReader stream) {
		this.stream = stream;
	}

	/**
	 * Reads a document in UTF-8, the only encoding of the feed.
	 * @throws MalformedDocumentException if it is not XML, or has what is not permitted
	 */
	static XmlElement read(byte[] document) {
		try {
			// The parser of the JDK prints what it cannot decode, so it gets characters.
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
			return read(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
		}
		catch (CharacterCodingException ex) {
			throw new MalformedDocumentException("it is not in UTF-8", ex);
		}
	}

	/**
	 * Reads a document.
	 * @throws MalformedDocumentException if it is not XML, or has what is not permitted
	 */
	static XmlElement read(String document) {
		try {
			XMLStreamReader stream = FACTORY.createXMLStreamReader(new StringReader(document));
			XmlElement root = new XmlReader(stream).root();
			stream.close();
			return root;
		}
		catch (XMLStreamException ex) {
			throw new MalformedDocumentException("it is not XML", ex);
		}
		catch (RuntimeException ex) {
			if (ex instanceof MalformedDocumentException) {
				throw ex;
			}
			// The parser of the JDK has let others than its own escape before.
			throw new MalformedDocumentException("it cannot be read as XML", ex);
		}
	}

	private XmlElement root() throws XMLStreamException {
		while (this.stream.getEventType() != XMLStreamConstants.START_ELEMENT) {
			refuseDocumentType();
			this.stream.next();
		}
		XmlElement root = element(1);
		while (this.stream.hasNext()) {
			this.stream.next();
		}
		return root;
	}

	private XmlElement element(int depth) throws XMLStreamException {
		if (depth > MAX_DEPTH) {
			throw new MalformedDocumentException("it is nested deeper than " + MAX_DEPTH + " elements");
		}
		if (++this.elements > MAX_ELEMENTS) {
			throw new MalformedDocumentException("it has more than " + MAX_ELEMENTS + " elements");
		}
		String namespace = nullToEmpty(this.stream.getNamespaceURI());
		String name = this.stream.getLocalName();
		Map<QName, String> attributes = attributes();
		Map<String, String> prefixes = prefixes();
		List<XmlElement> children = new ArrayList<>();
		StringBuilder text = new StringBuilder();
		while (this.stream.next() != XMLStreamConstants.END_ELEMENT) {
			switch (this.stream.getEventType()) {
				case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
				case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
					text.append(this.stream.getText());
				case XMLStreamConstants.ENTITY_REFERENCE ->
					throw new MalformedDocumentException("it refers to an entity, which is not permitted");
				default -> refuseDocumentType();
			}
		}
		return new XmlElement(namespace, name, attributes, prefixes, List.copyOf(children), text.toString());
	}

	private Map<QName, String> attributes() {
		Map<QName, String> attributes = new HashMap<>();
		for (int index = 0; index < this.stream.getAttributeCount(); index++) {
			QName name = this.stream.getAttributeName(index);
			attributes.put(new QName(name.getNamespaceURI(), name.getLocalPart()),
					this.stream.getAttributeValue(index));
		}
		return attributes;
	}

	private Map<String, String> prefixes() {
		Map<String, String> prefixes = new HashMap<>();
		for (int index = 0; index < this.stream.getNamespaceCount(); index++) {
			String prefix = nullToEmpty(this.stream.getNamespacePrefix(index));
			if (!prefix.isEmpty()) {
				prefixes.put(prefix, nullToEmpty(this.stream.getNamespaceURI(index)));
			}
		}
		return prefixes;
	}

	private void refuseDocumentType() {
		if (this.stream.getEventType() == XMLStreamConstants.DTD) {
			throw new MalformedDocumentException("it has a document type, which is not permitted");
		}
	}

	private static String nullToEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
