package dev.servicebus.client.twin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A row of the table in the documentation that says where the clients differ, and why. A
 * {@code *} stands for any text.
 *
 * @param place where
 * @param theirs what Microsoft's client says there
 * @param ours what our client says there
 * @param reason why ours does
 */
record ListedDifference(String place, String theirs, String ours, String reason) {

	private static final String SECTION = "## Beside Microsoft's SDK";

	private static final int COLUMNS = 4;

	static List<ListedDifference> inTheDocumentation() {
		try {
			List<String> lines = Files.readAllLines(Path.of("..", "docs", "client.md"));
			List<String> section = lines.subList(lines.indexOf(SECTION) + 1, lines.size());
			return section.stream()
				.takeWhile((line) -> !line.startsWith("## "))
				.filter((line) -> line.startsWith("| `"))
				.map(ListedDifference::parse)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static ListedDifference parse(String row) {
		String[] cells = row.replaceAll("^\\| | \\|$", "").split(" \\| ");
		if (cells.length != COLUMNS || cells[COLUMNS - 1].isBlank()) {
			throw new IllegalArgumentException("Place, theirs, ours and reason expected: " + row);
		}
		List<String> texts = Arrays.stream(cells).map((cell) -> cell.replace("`", "").strip()).toList();
		return new ListedDifference(texts.get(0), texts.get(1), texts.get(2), texts.get(3));
	}

	boolean covers(WireDifference difference) {
		return matches(this.place, difference.place()) && matches(this.theirs, difference.theirs())
				&& matches(this.ours, difference.ours());
	}

	private static boolean matches(String pattern, String text) {
		String regex = Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
		return text.matches(regex);
	}

}
