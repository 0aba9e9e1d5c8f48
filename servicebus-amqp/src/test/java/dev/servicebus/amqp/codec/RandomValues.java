package dev.servicebus.amqp.codec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import dev.servicebus.amqp.type.CodePoint;
import dev.servicebus.amqp.type.Decimal128;
import dev.servicebus.amqp.type.Decimal32;
import dev.servicebus.amqp.type.Decimal64;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedByte;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.amqp.type.UnsignedShort;

/**
 * Makes values of every AMQP type, with sizes and numbers around the borders between two
 * encodings.
 */
public final class RandomValues {

	private static final int[] LENGTHS = { 0, 1, 2, 7, 30, 84, 254, 255, 256, 300 };

	private static final List<int[]> ALPHABETS = Stream.of("abcXYZ 0123-_:", "äöüßé", "漢字かな", "a😀é漢")
		.map((text) -> text.codePoints().toArray())
		.toList();

	private final RandomGenerator random;

	private final List<Supplier<Object>> simpleValues = List.of(this::string, this::symbol, this::number, this::binary,
			this::bool, this::timestamp, this::uuid, this::unsigned, this::decimal, this::character);

	private final List<IntFunction<Object>> arrays = List.of((n) -> fill(new Long[n], this::longValue),
			(n) -> fill(new Integer[n], this::intValue), (n) -> fill(new UUID[n], this::uuid),
			(n) -> fill(new Instant[n], this::timestamp), (n) -> fill(new String[n], this::string),
			(n) -> fill(new Symbol[n], this::symbol), (n) -> fill(new Boolean[n], this::bool),
			(n) -> fill(new Double[n], () -> this.random().nextDouble()),
			(n) -> fill(new UnsignedLong[n], () -> UnsignedLong.ofBits(longValue())),
			(n) -> fill(new UnsignedInteger[n], () -> UnsignedInteger.ofBits(intValue())),
			(n) -> fill(new byte[n][], this::binary));

	private final boolean everything;

	private RandomValues(RandomGenerator random, boolean everything) {
		this.random = random;
		this.everything = everything;
	}

	/**
	 * Values of every type.
	 */
	public static RandomValues ofAllTypes(RandomGenerator random) {
		return new RandomValues(random, true);
	}

	/**
	 * Without characters beyond 16 bits, arrays of lists, maps, arrays and described
	 * values, and described values that describe another, which proton-j does not know.
	 */
	public static RandomValues knownToProton(RandomGenerator random) {
		return new RandomValues(random, false);
	}

	/**
	 * A value of any type with up to {@code depth} levels below it.
	 */
	public Object any(int depth) {
		if (depth == 0 || this.random.nextInt(3) > 0) {
			return nullable();
		}
		return switch (this.random.nextInt(5)) {
			case 0 -> list(depth - 1);
			case 1 -> map(depth - 1);
			case 2 -> described(depth - 1);
			case 3 -> this.everything ? nestedArray(depth - 1) : array();
			default -> array();
		};
	}

	public Object nullable() {
		return (this.random.nextInt(20) == 0) ? null : simple();
	}

	public Object simple() {
		return pick(this.simpleValues).get();
	}

	public List<Object> list(int depth) {
		List<Object> list = new ArrayList<>();
		for (int i = this.random.nextInt(6); i > 0; i--) {
			list.add(any(depth));
		}
		return list;
	}

	public Map<Object, Object> map(int depth) {
		Map<Object, Object> map = new LinkedHashMap<>();
		for (int i = this.random.nextInt(6); i > 0; i--) {
			map.put(this.random.nextBoolean() ? string() : (this.random.nextBoolean() ? symbol() : uuid()), any(depth));
		}
		return map;
	}

	public DescribedValue described(int depth) {
		Object descriptor = this.random.nextBoolean() ? symbol() : UnsignedLong.of(0x137_0000_0000L + index(16));
		return new DescribedValue(descriptor, this.everything ? any(depth) : list(depth));
	}

	public Object array() {
		return pick(this.arrays).apply(this.random.nextInt(6));
	}

	private Object nestedArray(int depth) {
		int length = 1 + this.random.nextInt(3);
		return switch (this.random.nextInt(5)) {
			case 0 -> fill(new List<?>[length], () -> list(depth));
			case 1 -> fill(new Map<?, ?>[length], () -> map(depth));
			case 2 -> fill(new Object[length], this::array);
			case 3 -> fill(new DescribedValue[length], () -> new DescribedValue(Symbol.of("of:all"), uuid()));
			default -> fill(new Float[length], () -> this.random().nextFloat());
		};
	}

	public String string() {
		int[] alphabet = pick(ALPHABETS);
		StringBuilder text = new StringBuilder();
		for (int i = length(); i > 0; i--) {
			text.appendCodePoint(alphabet[index(alphabet.length)]);
		}
		return text.toString();
	}

	public Symbol symbol() {
		return Symbol.of("x-opt-" + Integer.toString(index(5000), 36).repeat(1 + index(2) * index(90)));
	}

	public byte[] binary() {
		byte[] bytes = new byte[length()];
		this.random.nextBytes(bytes);
		return bytes;
	}

	public Instant timestamp() {
		return Instant
			.ofEpochMilli(this.random.nextInt(10) == 0 ? this.random.nextLong() : index(2_000_000_000) * 1000L);
	}

	public UUID uuid() {
		return new UUID(this.random.nextLong(), this.random.nextLong());
	}

	public Object unsigned() {
		return switch (index(4)) {
			case 0 -> UnsignedByte.of(index(256));
			case 1 -> UnsignedShort.of(index(65_536));
			case 2 -> UnsignedInteger.ofBits(intValue());
			default -> UnsignedLong.ofBits(longValue());
		};
	}

	private Object number() {
		return switch (index(6)) {
			case 0 -> (byte) intValue();
			case 1 -> (short) intValue();
			case 2 -> this.random.nextFloat();
			case 3 -> this.random.nextDouble();
			case 4 -> longValue();
			default -> intValue();
		};
	}

	private Object decimal() {
		return switch (index(3)) {
			case 0 -> new Decimal32(intValue());
			case 1 -> new Decimal64(longValue());
			default -> new Decimal128(longValue(), longValue());
		};
	}

	private Object character() {
		return (this.everything && index(4) == 0) ? new CodePoint(0x1F600 + index(40)) : (Object) (char) index(0xD800);
	}

	private Boolean bool() {
		return this.random.nextBoolean();
	}

	private int intValue() {
		return this.random.nextInt() >> index(32);
	}

	private long longValue() {
		return this.random.nextLong() >> index(64);
	}

	private int length() {
		return LENGTHS[index(this.random.nextBoolean() ? 5 : LENGTHS.length)];
	}

	private int index(int bound) {
		return this.random.nextInt(bound);
	}

	private RandomGenerator random() {
		return this.random;
	}

	private <T> T pick(List<T> choices) {
		return choices.get(index(choices.size()));
	}

	private static <T> T[] fill(T[] array, Supplier<? extends T> values) {
		for (int i = 0; i < array.length; i++) {
			array[i] = values.get();
		}
		return array;
	}

}
