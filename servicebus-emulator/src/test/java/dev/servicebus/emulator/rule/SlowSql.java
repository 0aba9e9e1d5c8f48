package dev.servicebus.emulator.rule;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What expressions mean, written a second time: with closures, big numbers and truth as a
 * number from 0 to 2. Shares nothing with what it judges but the message.
 */
final class SlowSql {

	private static final BigInteger MIN = BigInteger.TWO.pow(63).negate();

	private static final BigInteger MAX = BigInteger.TWO.pow(63).subtract(BigInteger.ONE);

	private static final int FALSE = 0;

	private static final int UNKNOWN = 1;

	private static final int TRUE = 2;

	private SlowSql() {
	}

	/**
	 * 0 for false, 1 for unknown, 2 for true.
	 */
	interface Condition {

		int test(TestSubject subject) throws NoResult;

	}

	interface Value {

		@Nullable Object of(TestSubject subject) throws NoResult;

	}

	static final class NoResult extends Exception {

	}

	static Value constant(@Nullable Object value) {
		return (subject) -> value;
	}

	static Value property(String name) {
		return (subject) -> subject.userProperties()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().equalsIgnoreCase(name))
			.map((entry) -> entry.getValue())
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	static Condition exists(String name) {
		return (subject) -> subject.userProperties().keySet().stream().anyMatch(name::equalsIgnoreCase) ? TRUE : FALSE;
	}

	static Condition or(Condition left, Condition right) {
		return (subject) -> {
			int first = left.test(subject);
			return (first == TRUE) ? TRUE : Math.max(first, right.test(subject));
		};
	}

	static Condition and(Condition left, Condition right) {
		return (subject) -> {
			int first = left.test(subject);
			return (first == FALSE) ? FALSE : Math.min(first, right.test(subject));
		};
	}

	static Condition not(Condition operand) {
		return (subject) -> 2 - operand.test(subject);
	}

	static Condition isNull(Value value) {
		return (subject) -> (value.of(subject) == null) ? TRUE : FALSE;
	}

	static Condition in(Value value, Value first, Value second) {
		Condition either = or(compare(value, "=", first), compare(value, "=", second));
		return (subject) -> (value.of(subject) == null) ? UNKNOWN : either.test(subject);
	}

	static Condition like(Value value, Value pattern) {
		return (subject) -> {
			Object text = value.of(subject);
			if (text != null && !(text instanceof String)) {
				throw new NoResult();
			}
			Object wildcards = pattern.of(subject);
			if (text == null || wildcards == null) {
				return UNKNOWN;
			}
			return LikePatternTests.matchesByTable((String) text, (String) wildcards) ? TRUE : FALSE;
		};
	}

	static Condition compare(Value left, String operator, Value right) {
		return (subject) -> {
			Object a = left.of(subject);
			Object b = right.of(subject);
			if (a instanceof Boolean && b instanceof Boolean) {
				return switch (operator) {
					case "=" -> a.equals(b) ? TRUE : FALSE;
					case "<>", "!=" -> a.equals(b) ? FALSE : TRUE;
					default -> UNKNOWN;
				};
			}
			if (a instanceof Number x && b instanceof Number y) {
				return compareNumbers(x, operator, y);
			}
			boolean texts = a instanceof String && b instanceof String;
			return texts ? judge(operator, ((String) a).compareTo((String) b)) : UNKNOWN;
		};
	}

	private static int compareNumbers(Number a, String operator, Number b) {
		if (isWhole(a) && isWhole(b)) {
			return judge(operator, whole(a).compareTo(whole(b)));
		}
		if (Double.isNaN(a.doubleValue()) || Double.isNaN(b.doubleValue())) {
			return (operator.equals("<>") || operator.equals("!=")) ? TRUE : FALSE;
		}
		// An infinity is beyond every finite double.
		return judge(operator, finite(a.doubleValue()).compareTo(finite(b.doubleValue())));
	}

	private static BigDecimal finite(double number) {
		return Double.isInfinite(number) ? new BigDecimal("1E400").multiply(BigDecimal.valueOf(Math.signum(number)))
				: new BigDecimal(number);
	}

	private static int judge(String operator, int order) {
		boolean holds = switch (operator) {
			case "=" -> order == 0;
			case "<>", "!=" -> order != 0;
			case "<" -> order < 0;
			case "<=" -> order <= 0;
			case ">" -> order > 0;
			case ">=" -> order >= 0;
			default -> throw new IllegalArgumentException(operator);
		};
		return holds ? TRUE : FALSE;
	}

	static Value calculate(Value left, char operator, Value right) {
		return (subject) -> {
			Object a = left.of(subject);
			Object b = right.of(subject);
			if (a instanceof String && b instanceof String) {
				return (operator == '+') ? "" + a + b : null;
			}
			if (!(a instanceof Number x) || !(b instanceof Number y)) {
				return null;
			}
			if ("/%".indexOf(operator) >= 0 && y.doubleValue() == 0) {
				throw new NoResult();
			}
			return (isWhole(x) && isWhole(y)) ? calculateWhole(whole(x), operator, whole(y))
					: calculateDouble(x.doubleValue(), operator, y.doubleValue());
		};
	}

	private static Object calculateWhole(BigInteger a, char operator, BigInteger b) throws NoResult {
		BigInteger result = switch (operator) {
			case '+' -> a.add(b);
			case '-' -> a.subtract(b);
			case '*' -> a.multiply(b);
			case '/' -> a.divide(b);
			default -> a.remainder(b);
		};
		if (result.compareTo(MIN) < 0 || result.compareTo(MAX) > 0) {
			throw new NoResult();
		}
		return result.longValueExact();
	}

	private static Object calculateDouble(double a, char operator, double b) {
		return switch (operator) {
			case '+' -> a + b;
			case '-' -> a - b;
			case '*' -> a * b;
			case '/' -> a / b;
			default -> a % b;
		};
	}

	private static boolean isWhole(Number number) {
		return number instanceof Long || number instanceof Integer;
	}

	private static BigInteger whole(Number number) {
		return new BigInteger(number.toString());
	}

}
