package dev.servicebus.emulator.rule;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A changed text must end in a filter or action, which has a result for every message, or
 * in one of the declared exceptions. The system property {@code servicebus.fuzz.runs}
 * sets the number of changed filters; there are half as many other texts.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class SqlFuzzTests {

	private static final int RUNS = Integer.getInteger("servicebus.fuzz.runs", 200_000);

	private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final String[] FILTERS = { "1 = 1", "color = 'red' AND quantity > 5",
			"sys.Label LIKE 'ord\\_%' ESCAPE '\\' OR NOT EXISTS(color)",
			"quantity IN (1, 2.5, 'x', NULL) AND user.[order id] IS NOT NULL",
			"(quantity + 2) * -3 / (price - 1.5E3) % 7 <> @limit",
			"p('color') + \"a\"\"b\" NOT LIKE color AND newid() IS NOT NULL",
			"property(name) NOT IN ('it''s', sys.MessageId) OR span <= @ttl",
			"((((quantity))) = 5) AND (color < 'z' OR (NOT (paid = TRUE)))", "color LIKE pattern ESCAPE hash",
			"- - + quantity >= .5 AND bytes = bytes AND id <> newid()" };

	private static final String[] ACTIONS = { "SET a = 1", "SET sys.Label = color + '-x'; REMOVE quantity",
			"SET sys.TimeToLive = '00:01:00', SET sys.ScheduledEnqueueTimeUtc = '2030-01-31T12:00:00Z';",
			"REMOVE sys.To; SET [order id] = p('color'); SET id = newid(); SET x = @limit / quantity",
			"SET color = color + color; SET color = color + color; REMOVE \"a\"\"b\"" };

	private static final String[] PIECES = { "AND", "OR", "NOT ", "IS", "NULL", "IN", "LIKE", "ESCAPE", "EXISTS(",
			"TRUE", "FALSE", "SET ", "REMOVE ", "=", "<>", "!=", "<=", "-", "+", "*", "/", "%", "(", ")", ",", ".", ";",
			"'", "''", "'x'", "[", "]", "]]", "\"", "@", "@limit", "sys.", "user.", "sys.Label", "color", "quantity",
			"price", "missing", "bytes", "p(", "newid()", "0", "1", "-9223372036854775808", "9223372036854775807",
			"1e308", "1e999", "1.", ".", "'%'", "'%_%_%'", "\u0000", "\n", "\u00e9", "\ud83d", "((((((((",
			"NOT NOT NOT " };

	private static final String[] NAMES = { "color", "quantity", "order id", "price", "name", "a\"b", "paid", "pattern",
			"hash", "bytes", "id", "span" };

	private static final Object[] VALUES = { "red", "", "%_%", "#", "x".repeat(20_000), 5, (byte) -1, Long.MIN_VALUE,
			0L, 2.5, Double.NaN, Float.POSITIVE_INFINITY, BigInteger.TWO.pow(70), new BigDecimal("1E500"), true,
			Instant.MAX, Duration.ofSeconds(-1), new UUID(1, 2), new byte[] { 1 }, 'c', new Object(), List.of(1) };

	private static final Predicate<String> ONE_LINE = Pattern.compile("\\P{Cntrl}+").asMatchPredicate();

	private static final Map<String, Object> PARAMETERS = Map.of("@limit", 5, "@ttl", Duration.ofMinutes(1));

	private int valid;

	@Test
	void mutatedFiltersAreReadOrRefused() {
		run(RUNS, (random) -> tryFilter(mutate(pick(FILTERS, random), random), random));
	}

	@Test
	void mutatedActionsAreReadOrRefused() {
		run(RUNS / 4, (random) -> tryAction(mutate(pick(ACTIONS, random), random), random));
	}

	@Test
	void randomPiecesAreReadOrRefused() {
		run(RUNS / 4, (random) -> {
			StringBuilder text = new StringBuilder(random.nextBoolean() ? "color = " : "quantity");
			for (int i = random.nextInt(random.nextInt(100) + 1); i >= 0; i--) {
				text.append(random.nextInt(4) == 0 ? "" : " ").append(pick(PIECES, random));
			}
			tryFilter(text.toString(), random);
		});
	}

	private void run(int runs, Consumer<Random> attempt) {
		long seed = new Random().nextLong();
		for (int i = 0; i < runs; i++) {
			long begin = System.nanoTime();
			try {
				attempt.accept(new Random(seed + i));
			}
			catch (Throwable ex) {
				throw new AssertionError("seed " + (seed + i), ex);
			}
			if (System.nanoTime() - begin > MOST_NANOS) {
				throw new AssertionError("seed " + (seed + i) + " takes too long");
			}
		}
		assertThat(this.valid).as("valid texts, seed %s", seed).isBetween(runs / 500, runs - runs / 10);
	}

	private void tryFilter(String text, Random random) {
		try {
			SqlFilter filter = SqlFilter.parse(text, PARAMETERS);
			this.valid++;
			filter.matches(subject(random));
		}
		catch (SqlSyntaxException ex) {
			checkRefusal(ex, text);
		}
		catch (FilterException ex) {
			checkOneLine(ex);
		}
	}

	private void tryAction(String text, Random random) {
		try {
			SqlRuleAction action = SqlRuleAction.parse(text, PARAMETERS);
			this.valid++;
			action.applyTo(subject(random));
		}
		catch (SqlSyntaxException ex) {
			checkRefusal(ex, text);
		}
		catch (FilterException ex) {
			checkOneLine(ex);
		}
	}

	private static void checkRefusal(SqlSyntaxException ex, String text) {
		checkOneLine(ex);
		if (ex.position() < 1 || ex.position() > text.length() + 1) {
			throw new AssertionError("not a position in the text", ex);
		}
	}

	private static void checkOneLine(RuntimeException ex) {
		if (!ONE_LINE.test(ex.getMessage())) {
			throw new AssertionError("not one clear line", ex);
		}
	}

	/**
	 * A message whose properties are of any class.
	 */
	private static TestSubject subject(Random random) {
		TestSubject subject = new TestSubject().withNewId(new UUID(random.nextLong(), random.nextLong()));
		for (String name : NAMES) {
			if (random.nextInt(4) > 0) {
				subject.with(name, pick(VALUES, random));
			}
		}
		return subject.with(SystemProperty.LABEL, "ord_1").with(SystemProperty.MESSAGE_ID, "red");
	}

	private static String mutate(String original, Random random) {
		StringBuilder text = new StringBuilder(original);
		for (int i = random.nextInt(3); i >= 0; i--) {
			int start = random.nextInt(text.length() + 1);
			int end = Math.min(text.length(), start + random.nextInt(8));
			switch (random.nextInt(6)) {
				case 0 -> text.delete(start, end);
				case 1 -> text.insert(start, pick(PIECES, random));
				case 2 -> text.replace(start, end, pick(PIECES, random));
				case 3 -> text.insert(start, text.substring(start, end).repeat(random.nextInt(40)));
				case 4 -> text.insert(start, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
				default -> text.insert(start, text.substring(random.nextInt(text.length() + 1)));
			}
		}
		return text.toString();
	}

	private static <T> T pick(T[] choices, Random random) {
		return choices[random.nextInt(choices.length)];
	}

}
