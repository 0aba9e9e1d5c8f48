package dev.servicebus.amqp.codec;

import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Writes AMQP arrays: one constructor, then the contents of all elements.
 */
final class ArrayEncoder {

	private static final int MAX_NARROW = 0xFF;

	private ArrayEncoder() {
	}

	/**
	 * Writes an array whose elements are {@code depth} levels below the top.
	 */
	static void write(AmqpWriter writer, Object array, int depth) {
		int start = writer.out().beginCompound(FormatCode.ARRAY8);
		writer.out().endCompound(start, writeContent(writer, array, depth));
	}

	/**
	 * Writes constructor and elements, and returns the number of elements.
	 */
	private static int writeContent(AmqpWriter writer, Object array, int depth) {
		@Nullable Object[] elements = (array instanceof Object[] objects) ? objects : box(array);
		Class<?> type = elementType(elements);
		if (type == DescribedValue.class && elements.length > 0) {
			writeDescribed(writer, elements, ValueEncoder.checkDepth(depth) + 1);
		}
		else {
			writeElements(writer, elements, type, depth);
		}
		return elements.length;
	}

	private static Object[] box(Object primitives) {
		int length = Array.getLength(primitives);
		Class<?> boxed = Array.get(Array.newInstance(primitives.getClass().getComponentType(), 1), 0).getClass();
		Object[] elements = (Object[]) Array.newInstance(boxed, length);
		for (int i = 0; i < length; i++) {
			elements[i] = Array.get(primitives, i);
		}
		return elements;
	}

	/**
	 * The type that all elements share; {@code null} if there is none because every
	 * element is null.
	 */
	private static @Nullable Class<?> elementType(@Nullable Object[] elements) {
		if (elements.length == 0) {
			return generalize(elements.getClass().getComponentType());
		}
		Class<?> shared = typeOf(elements[0]);
		for (Object element : elements) {
			Class<?> type = typeOf(element);
			if (type != shared) {
				throw new IllegalArgumentException(
						"elements of an AMQP array must have one type but are " + shared + " and " + type);
			}
		}
		return shared;
	}

	private static @Nullable Class<?> typeOf(@Nullable Object element) {
		return (element != null) ? generalize(element.getClass()) : null;
	}

	private static Class<?> generalize(Class<?> type) {
		if (Collection.class.isAssignableFrom(type)) {
			return Collection.class;
		}
		if (Map.class.isAssignableFrom(type)) {
			return Map.class;
		}
		return (type.isArray() && type != byte[].class) ? Object[].class : type;
	}

	private static void writeElements(AmqpWriter writer, @Nullable Object[] elements, @Nullable Class<?> type,
			int depth) {
		ElementEncoding fixed = (type != null) ? ElementEncoding.ofFixedWidth(type) : null;
		if (fixed != null) {
			writer.out().putByte(fixed.code());
			for (Object element : elements) {
				fixed.content().accept(writer.out(), Objects.requireNonNull(element));
			}
		}
		else if (type == String.class || type == Symbol.class || type == byte[].class) {
			writeVariable(writer, elements, type);
		}
		else if (type == Collection.class || type == Map.class || type == Object[].class) {
			writeNested(writer, elements, type, ValueEncoder.checkDepth(depth) + 1);
		}
		else if (type == null || elements.length == 0) {
			writer.out().putByte(FormatCode.NULL);
		}
		else {
			throw ValueEncoder.unsupported(type);
		}
	}

	private static void writeVariable(AmqpWriter writer, @Nullable Object[] elements, Class<?> type) {
		byte[][] contents = new byte[elements.length][];
		int longest = 0;
		for (int i = 0; i < elements.length; i++) {
			contents[i] = bytesOf(Objects.requireNonNull(elements[i]));
			longest = Math.max(longest, contents[i].length);
		}
		int code = (type == String.class) ? FormatCode.STRING8
				: (type == Symbol.class) ? FormatCode.SYMBOL8 : FormatCode.BINARY8;
		boolean wide = longest > MAX_NARROW;
		writer.out().putByte(wide ? code + FormatCode.WIDE : code);
		for (byte[] content : contents) {
			if (wide) {
				writer.out().putInt(content.length);
			}
			else {
				writer.out().putByte(content.length);
			}
			writer.out().putBytes(content, 0, content.length);
		}
	}

	private static byte[] bytesOf(Object element) {
		if (element instanceof String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		return (element instanceof Symbol symbol) ? AmqpWriter.ascii(symbol) : (byte[]) element;
	}

	private static void writeNested(AmqpWriter writer, @Nullable Object[] elements, Class<?> type, int depth) {
		writer.out()
			.putByte((type == Collection.class) ? FormatCode.LIST32
					: (type == Map.class) ? FormatCode.MAP32 : FormatCode.ARRAY32);
		for (Object element : elements) {
			int start = writer.out().beginContent();
			writer.out().endContent(start, writeContentOf(writer, Objects.requireNonNull(element), depth));
		}
	}

	/**
	 * Writes what an element holds and returns the count that its head declares.
	 */
	private static int writeContentOf(AmqpWriter writer, Object element, int depth) {
		if (element instanceof Collection<?> list) {
			ValueEncoder.writeElements(writer, list, depth);
			return list.size();
		}
		if (element instanceof Map<?, ?> map) {
			ValueEncoder.writeEntries(writer, map, depth);
			return 2 * map.size();
		}
		return writeContent(writer, element, depth);
	}

	private static void writeDescribed(AmqpWriter writer, @Nullable Object[] elements, int depth) {
		@Nullable Object[] values = new Object[elements.length];
		Object descriptor = ((DescribedValue) Objects.requireNonNull(elements[0])).descriptor();
		for (int i = 0; i < elements.length; i++) {
			DescribedValue described = (DescribedValue) Objects.requireNonNull(elements[i]);
			if (!Objects.deepEquals(descriptor, described.descriptor())) {
				throw new IllegalArgumentException("elements of an AMQP array must have one descriptor but have "
						+ descriptor + " and " + described.descriptor());
			}
			values[i] = described.value();
		}
		writer.out().putByte(FormatCode.DESCRIBED);
		ValueEncoder.write(writer, descriptor, depth);
		writeElements(writer, values, elementType(values), depth);
	}

}
