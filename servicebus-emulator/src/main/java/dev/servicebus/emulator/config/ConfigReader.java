package dev.servicebus.emulator.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads the configuration format of Microsoft's emulator: JSON with comments. Stateless
 * and thread-safe.
 *
 * <p>
 * Values that the file leaves out have the defaults of that format, which are not always
 * those of Service Bus: messages live for an hour at most and are delivered three times,
 * duplicates are remembered for 20 seconds. Its quotas do not hold; what Service Bus
 * accepts is accepted. Whatever the format does not know is an error rather than ignored.
 */
public final class ConfigReader {

	private static final int MAX_BYTES = 16 * 1024 * 1024;

	private static final int MAX_NESTING = 32;

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
			.enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build())
		.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	/**
	 * Reads a file.
	 * @throws ConfigException if it cannot be read or its content cannot be used
	 */
	public EmulatorConfig read(Path file) {
		try (InputStream input = Files.newInputStream(file)) {
			return read(file.toString(), input.readNBytes(MAX_BYTES + 1));
		}
		catch (NoSuchFileException ex) {
			throw new ConfigException(file.toString(), "", "there is no such file", ex);
		}
		catch (IOException ex) {
			throw new ConfigException(file.toString(), "", "the file cannot be read (" + ex + ")", ex);
		}
	}

	/**
	 * Reads a document.
	 * @param source what messages call it
	 * @param json the document in UTF-8
	 * @throws ConfigException if it cannot be used
	 */
	public EmulatorConfig read(String source, byte[] json) {
		if (json.length > MAX_BYTES) {
			throw new ConfigException(source, "", "the document is larger than " + MAX_BYTES + " bytes", null);
		}
		return NamespaceReader.read(new ConfigNode(source, JsonPointer.empty(), parse(source, json)));
	}

	private static JsonNode parse(String source, byte[] json) {
		try (JsonParser parser = MAPPER.createParser(json)) {
			try {
				@Nullable JsonNode document = MAPPER.readTree(parser);
				if (parser.nextToken() != null) {
					throw new ConfigException(source, "", "there is more text after the end of the document", null);
				}
				return (document != null) ? document : MissingNode.getInstance();
			}
			catch (JacksonException ex) {
				throw new ConfigException(source, parser.streamReadContext().pathAsPointer().toString(),
						"no valid JSON" + describe(ex.getLocation()) + ": " + ex.getOriginalMessage(), ex);
			}
		}
	}

	private static String describe(@Nullable TokenStreamLocation location) {
		return (location == null) ? "" : " in line " + location.getLineNr() + ", column " + location.getColumnNr();
	}

}
