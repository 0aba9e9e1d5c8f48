package dev.servicebus.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every source file, and which compiled classes do not show.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SourceRulesTests {

	private static final int MAX_LINES = 500;

	private static final int FEW_LINES = 200;

	private static final double MOST = 0.85;

	private final Path root = Path.of("..").toAbsolutePath().normalize();

	@Test
	void filesAreShort() {
		Map<Path, Integer> lines = new TreeMap<>();
		mainSources().forEach((file) -> lines.put(this.root.relativize(file), read(file).size()));

		assertThat(lines).isNotEmpty();
		assertThat(lines.entrySet()).filteredOn((entry) -> entry.getValue() > MAX_LINES)
			.as("files with more than %s lines", MAX_LINES)
			.isEmpty();
		long small = lines.values().stream().filter((count) -> count <= FEW_LINES).count();
		assertThat((double) small / lines.size()).as("share of files with at most %s lines", FEW_LINES)
			.isGreaterThan(MOST);
	}

	@Test
	void everyPackageIsNullMarkedAndSaysWhatItIsFor() {
		List<Path> missing = mainSources().map(Path::getParent)
			.distinct()
			// The one class that stands in the engine's own package is marked itself.
			.filter((directory) -> !directory.toString().contains("org/apache/qpid"))
			.filter((directory) -> !isMarkedAndDescribed(directory.resolve("package-info.java")))
			.toList();
		assertThat(missing).isEmpty();
	}

	@Test
	void noPackageStandsInTwoModules() {
		Map<String, List<String>> modules = mainSources()
			.map((file) -> this.root.relativize(file.getParent()).toString())
			.distinct()
			.collect(Collectors.groupingBy((path) -> path.substring(path.indexOf("src/main/java")),
					Collectors.toList()));
		assertThat(modules).allSatisfy((name, places) -> assertThat(places).hasSize(1));
	}

	@Test
	void testClassesEndInTestsOrIT() {
		List<Path> wrong = sources("/src/test/java/")
			.filter((file) -> read(file).stream()
				.anyMatch((line) -> line.strip().startsWith("@Test") || line.strip().startsWith("@ParameterizedTest")))
			.filter((file) -> !file.getFileName().toString().matches(".*(Tests|IT|Contract)\\.java"))
			.toList();
		assertThat(wrong).isEmpty();
	}

	private static boolean isMarkedAndDescribed(Path packageInfo) {
		if (!Files.exists(packageInfo)) {
			return false;
		}
		List<String> lines = read(packageInfo);
		return lines.contains("@NullMarked") && lines.get(0).startsWith("/**");
	}

	private Stream<Path> mainSources() {
		return sources("/src/main/java/");
	}

	private Stream<Path> sources(String part) {
		try (Stream<Path> files = Files.walk(this.root)) {
			return files
				.filter((file) -> file.toString().endsWith(".java") && file.toString().contains(part)
						&& !file.toString().contains("/target/"))
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> read(Path file) {
		try {
			return Files.readAllLines(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
