package dev.servicebus.emulator.config;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A changed document must end in definitions or in {@link ConfigException}. The system
 * property {@code servicebus.fuzz.runs} sets the number of changed documents.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ConfigReaderFuzzTests {

	private static final int RUNS = Integer.getInteger("servicebus.fuzz.runs", 100_000);

	private static final String[] REMARKABLE = { "null", "{}", "[]", "\"\"", "-1", "1e999", "99999999999999999999",
			"\"PT1M\"", "\"P999999999D\"", "true", "\"\\u0000\\n\"", "\"q\"", "{", "]", ",", "//", "/*", "\"" };

	private static final Predicate<String> ONE_LINE = Pattern.compile("config\\.json: \\P{Cntrl}+").asMatchPredicate();

	private final ConfigReader reader = new ConfigReader();

	private int refused;

	@Test
	void mutatedDocumentsAreReadOrRefused() {
		byte[] document = ConfigReaderTests.resource("every-field.json");
		long seed = new Random().nextLong();
		for (int i = 0; i < RUNS; i++) {
			Random random = new Random(seed + i);
			try {
				tryOut(mutate(document, random));
			}
			catch (Throwable ex) {
				throw new AssertionError("seed " + (seed + i), ex);
			}
		}
		assertThat(this.refused).as("documents refused").isBetween(RUNS / 2, RUNS - 1);
	}

	private void tryOut(byte[] document) {
		try {
			this.reader.read("config.json", document);
		}
		catch (ConfigException ex) {
			if (!ONE_LINE.test(ex.getMessage())) {
				throw new AssertionError("not one clear line", ex);
			}
			this.refused++;
		}
	}

	private static byte[] mutate(byte[] original, Random random) {
		byte[] bytes = original.clone();
		for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
			int index = random.nextInt(bytes.length);
			switch (random.nextInt(5)) {
				case 0 -> bytes[index] = (byte) random.nextInt();
				case 1 -> bytes = replaceValue(bytes, index, random);
				case 2 -> bytes = replaceValue(bytes, index, random);
				case 3 -> bytes = splice(bytes, index, index + random.nextInt(bytes.length - index), new byte[0]);
				default -> bytes = splice(bytes, random.nextInt(bytes.length), index, bytes);
			}
		}
		return bytes;
	}

	/**
	 * Puts something remarkable where a value stands, so that the document mostly stays
	 * valid JSON.
	 */
	private static byte[] replaceValue(byte[] bytes, int from, Random random) {
		int start = from;
		while (start < bytes.length && bytes[start] != ':') {
			start++;
		}
		int end = start;
		while (end < bytes.length && bytes[end] != ',' && bytes[end] != '\n' && bytes[end] != '}') {
			end++;
		}
		return splice(bytes, Math.min(start + 1, bytes.length), end,
				REMARKABLE[random.nextInt(REMARKABLE.length)].getBytes());
	}

	private static byte[] splice(byte[] bytes, int start, int end, byte[] middle) {
		int tail = Math.max(start, end);
		byte[] spliced = Arrays.copyOf(bytes, start + middle.length + bytes.length - tail);
		System.arraycopy(middle, 0, spliced, start, middle.length);
		System.arraycopy(bytes, tail, spliced, start + middle.length, bytes.length - tail);
		return spliced;
	}

}
