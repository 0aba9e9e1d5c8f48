package dev.servicebus.emulator.admin.atom;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.jspecify.annotations.Nullable;

/**
 * Reads documents of clients that nobody has to trust: no document type, no entities but
 * the five predefined ones, nothing from outside, at most {@value #MAX_BYTES} bytes,
 * {@value #MAX_DEPTH} levels and {@value #MAX_ELEMENTS} elements, in UTF-8 or, with a
 * byte order mark, UTF-16. Not thread-safe.
 */
public final class XmlReader {

	/** The largest document. */
	public static final int MAX_BYTES = 1024 * 1024;

	/** How deep elements may be nested. */
	public static final int MAX_DEPTH = 32;

	/** How many elements a document may have. */
	public static final int MAX_ELEMENTS = 20_000;

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();

	private int elements;

	/**
	 * Creates a reader.
	 */
	public XmlReader() {
		this.factory.setProperty(XMLInputFactory.SUPPORT_DTD, Boolean.FALSE);
		this.factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.FALSE);
		this.factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, Boolean.TRUE);
		this.factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
		this.factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
			throw new XMLStreamException("External entities are not read");
		});
	}

	/**
	 * Reads a document.
	 * @return its root
	 * @throws MalformedXmlException if it is not well-formed or beyond the limits
	 */
	public XmlElement read(byte[] document) {
		if (document.length > MAX_BYTES) {
			throw new MalformedXmlException("The document has more than " + MAX_BYTES + " bytes.");
		}
		this.elements = 0;
		try {
			XMLStreamReader in = this.factory.createXMLStreamReader(new StringReader(decode(document)));
			try {
				return root(in);
			}
			finally {
				in.close();
			}
		}
		catch (XMLStreamException ex) {
			throw malformed(ex.getLocation());
		}
	}

	/**
	 * Decodes the document before the parser sees it, which would write what is malformed
	 * to standard error.
	 */
	private static String decode(byte[] document) {
		boolean wide = document.length > 1 && ((document[0] == (byte) 0xFE && document[1] == (byte) 0xFF)
				|| (document[0] == (byte) 0xFF && document[1] == (byte) 0xFE));
		Charset charset = wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
		try {
			String text = charset.newDecoder().decode(ByteBuffer.wrap(document)).toString();
			return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			throw new MalformedXmlException(
					"The document is not encoded in UTF-8, nor in UTF-16 with a byte order mark.");
		}
	}

	private XmlElement root(XMLStreamReader in) throws XMLStreamException {
		XmlElement root = null;
		while (in.hasNext()) {
			int event = in.next();
			if (event == XMLStreamConstants.START_ELEMENT) {
				root = element(in, 1);
			}
			else if (event == XMLStreamConstants.DTD) {
				throw new MalformedXmlException("The document has a document type, which is not allowed.");
			}
		}
		if (root == null) {
			throw new MalformedXmlException("The document has no content.");
		}
		return root;
	}

	private @Nullable XmlElement element(XMLStreamReader in, int depth) throws XMLStreamException {
		if (depth > MAX_DEPTH || ++this.elements > MAX_ELEMENTS) {
			throw new MalformedXmlException(
					"The document has more than " + MAX_DEPTH + " levels or " + MAX_ELEMENTS + " elements.");
		}
		String name = in.getLocalName();
		String type = localPart(in.getAttributeValue(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "type"));
		boolean nil = "true".equals(in.getAttributeValue(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "nil"));
		StringBuilder text = new StringBuilder();
		List<XmlElement> children = new ArrayList<>();
		for (int event = in.next(); event != XMLStreamConstants.END_ELEMENT; event = in.next()) {
			switch (event) {
				case XMLStreamConstants.START_ELEMENT -> addUnlessNil(element(in, depth + 1), children);
				case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
					text.append(in.getText());
				case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {
				}
				default -> throw malformed(in.getLocation());
			}
		}
		return nil ? null : new XmlElement(name, type, text.toString(), children);
	}

	private static void addUnlessNil(@Nullable XmlElement element, List<XmlElement> children) {
		if (element != null) {
			children.add(element);
		}
	}

	private static @Nullable String localPart(@Nullable String qualifiedName) {
		return (qualifiedName != null) ? qualifiedName.substring(qualifiedName.indexOf(':') + 1).strip() : null;
	}

	private static MalformedXmlException malformed(@Nullable Location location) {
		String where = (location != null)
				? " at line " + location.getLineNumber() + ", column " + location.getColumnNumber() : "";
		return new MalformedXmlException("The document is not well-formed XML" + where + ".");
	}

}
