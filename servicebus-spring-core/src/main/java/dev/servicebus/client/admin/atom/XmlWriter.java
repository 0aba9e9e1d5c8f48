package dev.servicebus.client.admin.atom;

import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import javax.xml.namespace.QName;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes elements. Their names have no prefixes: the service does not read rules
 * otherwise.
 */
final class XmlWriter {

	/** The customary prefix of the instance namespace, on which some readers insist. */
	static final String INSTANCE_PREFIX = "i";

	private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

	private final XMLStreamWriter stream;

	private XmlWriter(XMLStreamWriter stream) {
		this.stream = stream;
	}

	/**
	 * Writes an element with all that is in it.
	 * @throws IllegalArgumentException if it holds characters that XML does not have
	 */
	static String write(XmlElement element) {
		StringWriter text = new StringWriter();
		try {
			XMLStreamWriter stream = FACTORY.createXMLStreamWriter(text);
			new XmlWriter(stream).element(element, "", Map.of("http://www.w3.org/XML/1998/namespace", "xml"));
			stream.close();
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException("A string takes whatever is written to it", ex);
		}
		return text.toString();
	}

	private void element(XmlElement element, String defaultNamespace, Map<String, String> scope)
			throws XMLStreamException {
		Map<String, String> prefixes = declared(element, scope);
		if (element.children().isEmpty() && element.text().isEmpty()) {
			this.stream.writeEmptyElement("", element.name(), element.namespace());
		}
		else {
			this.stream.writeStartElement("", element.name(), element.namespace());
		}
		if (!element.namespace().equals(defaultNamespace)) {
			this.stream.writeDefaultNamespace(element.namespace());
		}
		for (Map.Entry<String, String> prefix : prefixes.entrySet()) {
			this.stream.writeNamespace(prefix.getKey(), prefix.getValue());
		}
		Map<String, String> innerScope = new HashMap<>(scope);
		prefixes.forEach((prefix, namespace) -> innerScope.put(namespace, prefix));
		for (Map.Entry<QName, String> attribute : element.attributes().entrySet()) {
			attribute(attribute.getKey(), checked(attribute.getValue()), innerScope);
		}
		if (!element.children().isEmpty() || !element.text().isEmpty()) {
			content(element, innerScope);
			this.stream.writeEndElement();
		}
	}

	/**
	 * White space between elements is of no use.
	 */
	private void content(XmlElement element, Map<String, String> scope) throws XMLStreamException {
		if (element.children().isEmpty() || !element.text().isBlank()) {
			this.stream.writeCharacters(checked(element.text()));
		}
		for (XmlElement child : element.children()) {
			element(child, element.namespace(), scope);
		}
	}

	private void attribute(QName name, String value, Map<String, String> scope) throws XMLStreamException {
		String namespace = name.getNamespaceURI();
		if (namespace.isEmpty()) {
			this.stream.writeAttribute(name.getLocalPart(), value);
		}
		else {
			this.stream.writeAttribute(scope.get(namespace), namespace, name.getLocalPart(), value);
		}
	}

	/**
	 * The prefixes to declare on an element: its own, and those that its attributes need.
	 */
	private static Map<String, String> declared(XmlElement element, Map<String, String> scope) {
		Map<String, String> prefixes = new TreeMap<>(element.prefixes());
		prefixes.entrySet().removeIf((entry) -> entry.getKey().equals(scope.get(entry.getValue())));
		for (QName attribute : element.attributes().keySet()) {
			String namespace = attribute.getNamespaceURI();
			if (!namespace.isEmpty() && !scope.containsKey(namespace) && !prefixes.containsValue(namespace)) {
				String prefix = namespace.equals(XmlNames.INSTANCE) ? INSTANCE_PREFIX : "n" + prefixes.size();
				prefixes.put(prefix, namespace);
			}
		}
		return prefixes;
	}

	private static String checked(String text) {
		text.codePoints().forEach((codePoint) -> {
			boolean permitted = codePoint >= 0x20
					? codePoint < 0xD800 || codePoint > 0xDFFF && codePoint < 0xFFFE || codePoint > 0xFFFF
					: codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
			if (!permitted) {
				throw new IllegalArgumentException(
						"character U+%04X cannot be part of a description".formatted(codePoint));
			}
		});
		return text;
	}

}
