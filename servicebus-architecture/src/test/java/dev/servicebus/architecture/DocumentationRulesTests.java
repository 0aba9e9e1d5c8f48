package dev.servicebus.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the documentation says about the code is true.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DocumentationRulesTests {

	/** A test class, with or without a method, or a method of the last class. */
	private static final Pattern NAME = Pattern.compile("`(?:([A-Z]\\w*Tests)(?:\\.(\\w+))?|([a-z]\\w*[A-Z]\\w*))`");

	private final Path root = Path.of("..").toAbsolutePath().normalize();

	@Test
	void testsOnThePagesExist() {
		Map<String, String> tests = files(this.root, ".*/src/test/.*Tests\\.(java|kt)")
			.collect(Collectors.toMap((file) -> file.getFileName().toString().replaceFirst("\\..*", ""),
					DocumentationRulesTests::read, String::concat));
		List<String> wrong = new ArrayList<>();
		List<Path> pages = files(this.root.resolve("docs"), ".*\\.md").toList();
		for (Path page : pages) {
			read(page).lines()
				.flatMap((line) -> missing(line, tests).stream())
				.forEach((name) -> wrong.add(page.getFileName() + ": " + name));
		}
		assertThat(pages).isNotEmpty();
		assertThat(tests).isNotEmpty();
		assertThat(wrong).as("tests that are named and do not exist").isEmpty();
	}

	private static List<String> missing(String line, Map<String, String> tests) {
		List<String> missing = new ArrayList<>();
		String type = null;
		for (MatchResult name : NAME.matcher(line).results().toList()) {
			type = (name.group(1) != null) ? name.group(1) : type;
			String method = (name.group(3) != null) ? name.group(3) : name.group(2);
			if (type != null && !isTest(tests.get(type), method)) {
				missing.add((method != null) ? type + "." + method : type);
			}
		}
		return missing;
	}

	private static boolean isTest(String source, String method) {
		return source != null
				&& (method == null || source.contains(" " + method + "(") || source.contains("`" + method + "`("));
	}

	private static Stream<Path> files(Path directory, String pattern) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().matches(pattern) && !file.toString().contains("/target/"))
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
