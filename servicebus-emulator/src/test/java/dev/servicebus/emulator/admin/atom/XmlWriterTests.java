package dev.servicebus.emulator.admin.atom;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class XmlWriterTests {

	@Test
	void prefixesStandAsTheyAreAskedFor() {
		XmlWriter xml = new XmlWriter().start("a", "urn:a").declareTypes();
		xml.start("b").declare("d2p1", "urn:d").element("d2p1", "urn:d", "c", 5).end();
		xml.start("e").type("d6p1:int").text("7").end();
		xml.element("absent", null).element("f", "g");

		assertThat(text(xml)).isEqualTo("<?xml version=\"1.0\" encoding=\"utf-8\"?>"
				+ "<a xmlns=\"urn:a\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">"
				+ "<b xmlns:d2p1=\"urn:d\"><d2p1:c>5</d2p1:c></b><e i:type=\"d6p1:int\">7</e><f>g</f></a>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<&>\"'", "é漢😀", " two\n lines\t", "]]>" })
	void textIsReadAsItWasWritten(String value) {
		byte[] document = new XmlWriter().start("a").attribute("b", value).element("c", value).toBytes();

		assertThat(new XmlReader().read(document).childText("c")).isEqualTo(value);
	}

	@ParameterizedTest
	@CsvSource({ "0,�", "27,�", "55357,�", "65535,�", "65,A" })
	void whatXmlCannotHoldIsReplaced(int character, String expected) {
		byte[] document = new XmlWriter().start("a").text("x" + (char) character + "y").toBytes();

		assertThat(new XmlReader().read(document).text()).isEqualTo("x" + expected + "y");
	}

	private static String text(XmlWriter xml) {
		return new String(xml.toBytes(), StandardCharsets.UTF_8);
	}

}
