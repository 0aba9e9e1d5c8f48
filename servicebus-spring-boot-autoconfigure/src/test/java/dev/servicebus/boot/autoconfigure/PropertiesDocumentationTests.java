package dev.servicebus.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Users read of exactly the properties that there are.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PropertiesDocumentationTests {

	private static final Path DOCUMENTATION = Path.of("..", "docs", "properties.md");

	private static final Pattern NAME = Pattern.compile("^\\| `((?:servicebus|management)\\.[^`]+)` \\|",
			Pattern.MULTILINE);

	@Test
	void everyPropertyIsDocumentedWithItsDefault() throws IOException {
		String documentation = Files.readString(DOCUMENTATION);
		for (JsonNode property : metadata()) {
			String name = property.get("name").asString();
			String defaultValue = property.has("defaultValue") ? "`" + property.get("defaultValue").asString() + "`"
					: "";
			assertThat(documentation).containsPattern(
					Pattern.quote("| `" + name + "` | ") + "[^|]+" + Pattern.quote(" | " + defaultValue + " | "));
			assertThat(documentation).contains(property.get("description").asString());
		}
	}

	@Test
	void nothingElseIsDocumented() throws IOException {
		List<String> present = new ArrayList<>();
		metadata().forEach((property) -> present.add(property.get("name").asString()));
		assertThat(NAME.matcher(Files.readString(DOCUMENTATION)).results().map((match) -> match.group(1)))
			.filteredOn((name) -> !name.contains("<"))
			.containsExactlyInAnyOrderElementsOf(present);
	}

	private static JsonNode metadata() throws IOException {
		try (InputStream metadata = ServiceBusProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonMapper.builder().build().readTree(metadata).get("properties");
		}
	}

}
