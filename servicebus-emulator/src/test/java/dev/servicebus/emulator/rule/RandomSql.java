package dev.servicebus.emulator.rule;

import java.util.Random;

import dev.servicebus.emulator.rule.SlowSql.Condition;
import dev.servicebus.emulator.rule.SlowSql.Value;

/**
 * Random expressions, each as a text and as what it means according to {@link SlowSql}.
 * The text has the parentheses that precedence calls for, and some more.
 */
final class RandomSql {

	private static final int OR = 1;

	private static final int AND = 2;

	private static final int NOT = 3;

	private static final int COMPARISON = 4;

	private static final int SUM = 5;

	private static final int PRODUCT = 6;

	private static final int SIGN = 7;

	private static final int OPERAND = 8;

	private static final String[] PROPERTIES = { "i", "j", "d", "s", "t", "b", "n", "missing" };

	private static final String[] STRINGS = { "", "a", "b", "ab", "a%", "_b", "it's" };

	private static final String[] COMPARISONS = { "=", "<>", "!=", "<", "<=", ">", ">=" };

	private final Random random;

	RandomSql(Random random) {
		this.random = random;
	}

	record Text<T>(String sql, int level, T meaning) {

		String atLeast(int wanted, Random random) {
			boolean needed = this.level < wanted;
			return (needed || random.nextInt(8) == 0) ? "(" + this.sql + ")" : this.sql;
		}

	}

	/**
	 * A message with a property of every kind.
	 */
	TestSubject subject() {
		return new TestSubject().with("i", pick(-7, 0, 3, Integer.MAX_VALUE))
			.with("j", pick(0L, 1L, 5L, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1))
			.with("d", pick(0.0, -2.5, 3.0, 0x1p53, Double.NaN))
			.with("s", pick((Object[]) STRINGS))
			.with("t", pick("a", "ab", "aab", "b"))
			.with("b", this.random.nextBoolean())
			.with("n", null);
	}

	Text<Condition> condition(int depth) {
		if (depth == 0) {
			return comparison(0);
		}
		return switch (this.random.nextInt(10)) {
			case 0, 1 -> {
				Text<Condition> left = condition(depth - 1);
				Text<Condition> right = condition(depth - 1);
				yield new Text<>(left.atLeast(OR, this.random) + word(" OR ") + right.atLeast(AND, this.random), OR,
						SlowSql.or(left.meaning(), right.meaning()));
			}
			case 2, 3 -> {
				Text<Condition> left = condition(depth - 1);
				Text<Condition> right = condition(depth - 1);
				yield new Text<>(left.atLeast(AND, this.random) + word(" AND ") + right.atLeast(NOT, this.random), AND,
						SlowSql.and(left.meaning(), right.meaning()));
			}
			case 4 -> {
				Text<Condition> operand = condition(depth - 1);
				yield new Text<>(word("NOT ") + operand.atLeast(NOT, this.random), NOT, SlowSql.not(operand.meaning()));
			}
			case 5 -> isNull(depth - 1);
			case 6 -> in(depth - 1);
			case 7 -> like(depth - 1);
			default -> comparison(depth - 1);
		};
	}

	private Text<Condition> comparison(int depth) {
		String operator = COMPARISONS[this.random.nextInt(COMPARISONS.length)];
		Text<Value> left = value(depth);
		Text<Value> right = value(depth);
		return new Text<>(
				left.atLeast(SUM, this.random) + space() + operator + space() + right.atLeast(SUM, this.random),
				COMPARISON, SlowSql.compare(left.meaning(), operator, right.meaning()));
	}

	private Text<Condition> isNull(int depth) {
		if (this.random.nextBoolean()) {
			String name = pick(PROPERTIES);
			return new Text<>(word("EXISTS") + "(" + name + ")", COMPARISON, SlowSql.exists(name));
		}
		Text<Value> value = value(depth);
		Condition meaning = SlowSql.isNull(value.meaning());
		String sql = value.atLeast(SUM, this.random);
		return this.random.nextBoolean() ? new Text<>(sql + word(" IS NULL"), COMPARISON, meaning)
				: new Text<>(sql + word(" IS NOT NULL"), COMPARISON, SlowSql.not(meaning));
	}

	private Text<Condition> in(int depth) {
		Text<Value> value = value(depth);
		Text<Value> first = value(depth);
		Text<Value> second = value(depth);
		Condition meaning = SlowSql.in(value.meaning(), first.meaning(), second.meaning());
		boolean negated = this.random.nextBoolean();
		return new Text<>(
				value.atLeast(SUM, this.random) + word(negated ? " NOT IN " : " IN ") + "("
						+ first.atLeast(SUM, this.random) + "," + space() + second.atLeast(SUM, this.random) + ")",
				COMPARISON, negated ? SlowSql.not(meaning) : meaning);
	}

	private Text<Condition> like(int depth) {
		Text<Value> value = value(depth);
		Text<Value> pattern = this.random.nextBoolean() ? string() : property(pick("s", "t", "missing"));
		Condition meaning = SlowSql.like(value.meaning(), pattern.meaning());
		boolean negated = this.random.nextBoolean();
		return new Text<>(value.atLeast(SUM, this.random) + word(negated ? " NOT LIKE " : " LIKE ")
				+ pattern.atLeast(SUM, this.random), COMPARISON, negated ? SlowSql.not(meaning) : meaning);
	}

	private Text<Value> value(int depth) {
		if (depth == 0 || this.random.nextInt(3) == 0) {
			return operand();
		}
		if (this.random.nextInt(5) == 0) {
			String sign = pick("- ", "+ ");
			Text<Value> operand = value(depth - 1);
			return new Text<>(sign + operand.atLeast(SIGN, this.random), SIGN,
					SlowSql.calculate(SlowSql.constant(0L), sign.charAt(0), operand.meaning()));
		}
		String operator = pick("+", "-", "*", "/", "%");
		int level = "+-".contains(operator) ? SUM : PRODUCT;
		Text<Value> left = value(depth - 1);
		Text<Value> right = value(depth - 1);
		return new Text<>(
				left.atLeast(level, this.random) + space() + operator + space() + right.atLeast(level + 1, this.random),
				level, SlowSql.calculate(left.meaning(), operator.charAt(0), right.meaning()));
	}

	private Text<Value> operand() {
		return switch (this.random.nextInt(8)) {
			case 0 -> {
				long number = pick(0L, 1L, 2L, 5L, Long.MAX_VALUE);
				yield new Text<>(Long.toString(number), OPERAND, SlowSql.constant(number));
			}
			case 1 -> {
				double number = pick(0.0, 2.5, 1e3, 1e-1);
				yield new Text<>(Double.toString(number), OPERAND, SlowSql.constant(number));
			}
			case 2 -> string();
			case 3 -> new Text<>(word("NULL"), OPERAND, SlowSql.constant(null));
			case 4 -> new Text<>(word("TRUE"), OPERAND, SlowSql.constant(true));
			default -> property(pick(PROPERTIES));
		};
	}

	private Text<Value> string() {
		String text = pick(STRINGS);
		return new Text<>("'" + text.replace("'", "''") + "'", OPERAND, SlowSql.constant(text));
	}

	private Text<Value> property(String name) {
		String sql = pick(name, "user." + name, "[" + name + "]", "\"" + name + "\"", name.toUpperCase(),
				"p('" + name + "')", "property ( '" + name + "' )");
		return new Text<>(sql, OPERAND, SlowSql.property(name));
	}

	private String space() {
		return pick(" ", "  ", "\n");
	}

	private String word(String text) {
		return this.random.nextBoolean() ? text : text.toLowerCase();
	}

	@SafeVarargs
	private <T> T pick(T... choices) {
		return choices[this.random.nextInt(choices.length)];
	}

}
