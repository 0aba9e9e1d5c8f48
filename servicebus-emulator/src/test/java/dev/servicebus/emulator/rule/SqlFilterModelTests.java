package dev.servicebus.emulator.rule;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.servicebus.emulator.rule.RandomSql.Text;
import dev.servicebus.emulator.rule.SlowSql.Condition;
import dev.servicebus.emulator.rule.SlowSql.NoResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random expressions on random messages give what a second, slow evaluator says.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SqlFilterModelTests {

	private static final int EXPRESSIONS = 20_000;

	private static final int SUBJECTS = 3;

	private final int[] results = new int[4];

	@Test
	void randomExpressionsMeanWhatTheSlowEvaluatorSays() {
		long seed = new Random().nextLong();
		for (int i = 0; i < EXPRESSIONS; i++) {
			RandomSql sql = new RandomSql(new Random(seed + i));
			Text<Condition> expression = sql.condition(1 + i % 4);
			if (expression.sql().length() <= SqlLexer.MAX_LENGTH) {
				check(expression, sql, seed + i);
			}
		}
		assertThat(Arrays.stream(this.results).min().orElseThrow())
			.as("least of false, unknown, true and no result; seed %s", seed)
			.isGreaterThan(EXPRESSIONS / 20);
	}

	private void check(Text<Condition> expression, RandomSql sql, long seed) {
		SqlPredicate predicate = parse(expression, seed);
		for (int i = 0; i < SUBJECTS; i++) {
			TestSubject subject = sql.subject();
			int expected = expected(expression.meaning(), subject);
			int actual = actual(predicate, subject);
			if (actual != expected) {
				throw new AssertionError("'" + expression.sql() + "' is " + actual + " instead of " + expected + " for "
						+ subject + ", seed " + seed);
			}
			this.results[expected]++;
		}
	}

	private static SqlPredicate parse(Text<Condition> expression, long seed) {
		try {
			return new SqlPredicateParser(new SqlTokens(expression.sql()), Map.of()).parse();
		}
		catch (RuleException ex) {
			throw new AssertionError("'" + expression.sql() + "' is not read, seed " + seed, ex);
		}
	}

	private static int expected(Condition meaning, TestSubject subject) {
		try {
			return meaning.test(subject);
		}
		catch (NoResult ex) {
			return 3;
		}
	}

	private static int actual(SqlPredicate predicate, TestSubject subject) {
		try {
			return switch (predicate.test(subject)) {
				case FALSE -> 0;
				case UNKNOWN -> 1;
				case TRUE -> 2;
			};
		}
		catch (FilterException ex) {
			return 3;
		}
	}

}
