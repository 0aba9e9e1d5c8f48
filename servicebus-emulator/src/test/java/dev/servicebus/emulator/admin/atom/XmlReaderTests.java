package dev.servicebus.emulator.admin.atom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(10)
class XmlReaderTests {

	private final XmlReader reader = new XmlReader();

	@Test
	void elementsHaveNamesTextsAndChildren() {
		XmlElement root = read("<a><b>one</b><c> two <!-- no --><![CDATA[<3>]]></c><b>four</b><d/></a>");

		assertThat(root.name()).isEqualTo("a");
		assertThat(root.childText("c")).isEqualTo(" two <3>");
		assertThat(root.children("b")).extracting(XmlElement::text).containsExactly("one", "four");
		assertThat(root.childText("d")).isNull();
		assertThat(root.child("e")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='d6p1:int'",
			"xmlns:p4='http://www.w3.org/2001/XMLSchema-instance' p4:type='int'",
			"xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type=' l28:int '" })
	void prefixesDoNotCount(String attributes) {
		XmlElement root = read("<ns1:a xmlns:ns1='urn:x' " + attributes + "><ns1:b>x</ns1:b></ns1:a>");

		assertThat(root.type()).isEqualTo("int");
		assertThat(root.childText("b")).isEqualTo("x");
	}

	@Test
	void nilIsAsGoodAsMissing() {
		XmlElement root = read("<a xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><b i:nil='true'/><c/></a>");

		assertThat(root.child("b")).isNull();
		assertThat(root.child("c")).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-8", "UTF-16" })
	void documentIsInOneOfTheEncodingsOfUnicode(String encoding) {
		String document = "<?xml version='1.0' encoding='" + encoding + "'?><a>fünf</a>";

		assertThat(this.reader.read(document.getBytes(Charset.forName(encoding))).text()).isEqualTo("fünf");
		assertThat(read("\uFEFF" + document).text()).isEqualTo("fünf");
		assertThatExceptionOfType(MalformedXmlException.class)
			.isThrownBy(() -> this.reader.read(document.getBytes(StandardCharsets.ISO_8859_1)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "text", "<a>", "<a></b>", "<a/><b/>", "<a b='1' b='2'/>", "<a>&unknown;</a>",
			"<x:a/>", "<a>&#0;</a>" })
	void whatIsNotWellFormedIsRefused(String document) {
		assertRefused(document);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
			"<!DOCTYPE a SYSTEM 'http://localhost:1/x.dtd'><a/>",
			"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>",
			"<!DOCTYPE a [<!ENTITY % x SYSTEM 'file:///etc/hostname'> %x;]><a/>",
			"<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;'>]><a>&y;&y;</a>" })
	void documentTypesAreRefused(String document) {
		assertRefused(document);
	}

	@Test
	void depthSizeAndNumberOfElementsAreLimited() {
		String deepest = "<a>".repeat(XmlReader.MAX_DEPTH) + "</a>".repeat(XmlReader.MAX_DEPTH);
		assertThat(read(deepest)).isNotNull();
		assertRefused("<a>" + deepest + "</a>");
		assertThat(read("<a>" + "<b/>".repeat(XmlReader.MAX_ELEMENTS - 1) + "</a>").children()).isNotEmpty();
		assertRefused("<a>" + "<b/>".repeat(XmlReader.MAX_ELEMENTS) + "</a>");
		assertRefused("<a>" + "x".repeat(XmlReader.MAX_BYTES) + "</a>");
	}

	private XmlElement read(String document) {
		return this.reader.read(document.getBytes(StandardCharsets.UTF_8));
	}

	private void assertRefused(String document) {
		assertThatExceptionOfType(MalformedXmlException.class).isThrownBy(() -> read(document))
			.withMessageMatching("The document \\P{Cntrl}+\\.");
	}

}
