package dev.servicebus.client.admin.atom;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class XmlReaderTests {

	@ParameterizedTest
	@ValueSource(strings = { "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
			"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>", "<!DOCTYPE a><a/>",
			"<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\"><a/>" })
	void documentTypesAreRefused(String document) {
		assertThatExceptionOfType(MalformedDocumentException.class).isThrownBy(() -> XmlReader.read(document));
	}

	@Test
	void deepNestingIsRefused() {
		String document = "<a>".repeat(10_000) + "</a>".repeat(10_000);
		assertThatExceptionOfType(MalformedDocumentException.class).isThrownBy(() -> XmlReader.read(document))
			.withMessageContaining("deeper");
	}

	@Test
	void floodOfElementsIsRefused() {
		String document = "<a>" + "<b/>".repeat(300_000) + "</a>";
		assertThatExceptionOfType(MalformedDocumentException.class).isThrownBy(() -> XmlReader.read(document))
			.withMessageContaining("elements");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "text", "<a>", "<a></b>", "<a/><b/>", "<a>&unknown;</a>", "<a b='1' b='2'/>",
			"<p:a/>", "{}", "<html><br></html>" })
	void whatIsNotXmlIsRefused(String document) {
		assertThatExceptionOfType(MalformedDocumentException.class).isThrownBy(() -> XmlReader.read(document));
	}

	@Test
	void whatWasWrittenIsRead() {
		String document = "<a xmlns=\"urn:a\" xmlns:q=\"urn:q\" q:x=\"1\"><b>one &amp; two</b><c xmlns=\"urn:c\" y=\"q:z\"/></a>";
		assertThat(XmlWriter.write(XmlReader.read(document))).isEqualTo(document);
	}

	/**
	 * Bytes that are changed at random end in a value or in the one exception, whatever
	 * they mean.
	 */
	@Test
	void changedBytesNeverEndInAnythingElse() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		String queue = EntityFormat.queues()
			.write(QueueProperties.builder("q").forwardTo("x").userMetadata("m").build(), Change.UPDATE, "host");
		String rule = EntityFormat.rules()
			.write(RuleProperties.of("r", RuleFilter.correlation().subject("s").property("n", 5L).build()),
					Change.CREATE, "host");
		for (int round = 0; round < 20_000; round++) {
			boolean even = round % 2 == 0;
			byte[] bytes = (even ? queue : rule).getBytes(StandardCharsets.UTF_8);
			for (int change = random.nextInt(4); change >= 0; change--) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
			}
			try {
				EntityReader<?> reader = even ? EntityFormat.queues() : EntityFormat.rules();
				Feed.parse(bytes).entries().forEach(reader::read);
			}
			catch (MalformedDocumentException ex) {
				assertThat(ex).hasMessageNotContaining("\n\n");
			}
			catch (RuntimeException | Error ex) {
				throw new AssertionError("seed " + seed + ", round " + round, ex);
			}
		}
	}

}
