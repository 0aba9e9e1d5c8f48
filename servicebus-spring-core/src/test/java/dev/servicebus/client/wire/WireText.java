package dev.servicebus.client.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.apache.qpid.protonj2.test.driver.codec.ListDescribedType;
import org.apache.qpid.protonj2.test.driver.codec.primitives.Binary;
import org.apache.qpid.protonj2.test.driver.codec.primitives.DescribedType;
import org.apache.qpid.protonj2.test.driver.codec.primitives.Symbol;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnsignedByte;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnsignedInteger;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnsignedLong;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnsignedShort;

/**
 * Writes down what the driver's codec has decoded: every field, entry and element on a
 * line of its own, with its AMQP type. Strings are quoted, symbols are not. Fields that
 * are null are left out, and those that are false, which is the default of every boolean
 * field of AMQP; entries of maps are not. Maps are sorted. Bytes that are a message are
 * written as one.
 */
final class WireText {

	private final StringBuilder text = new StringBuilder();

	private WireText() {
	}

	static String of(DescribedType value) {
		return of(List.of(value));
	}

	/**
	 * The sections of a message, or a performative and the sections that follow it.
	 */
	static String of(List<DescribedType> values) {
		WireText wire = new WireText();
		values.forEach((value) -> wire.composite("", value));
		return wire.text.toString();
	}

	private void composite(String indent, DescribedType composite) {
		if (composite instanceof ListDescribedType list) {
			this.text.append(indent).append(name(list)).append('\n');
			fields(indent + "  ", list);
		}
		else {
			entry(indent, name(composite), composite.getDescribed());
		}
	}

	private void fields(String indent, ListDescribedType list) {
		Object[] names = fieldNames(list);
		for (int i = 0; i < names.length; i++) {
			String name = kebab(names[i].toString());
			Object value = name.equals("role") ? role(list.getFieldValue(i)) : list.getFieldValue(i);
			if (value != null && value != Boolean.FALSE) {
				entry(indent, name, value);
			}
		}
	}

	private static Symbol role(Object value) {
		return Symbol.valueOf(Boolean.TRUE.equals(value) ? "receiver" : "sender");
	}

	private void entry(String indent, String key, Object value) {
		this.text.append(indent).append(key).append(": ");
		value(indent + "  ", value);
	}

	private void value(String indent, Object value) {
		if (value instanceof Map<?, ?> map) {
			this.text.append("map\n");
			map.entrySet()
				.stream()
				.sorted(Comparator.comparing((entry) -> entry.getKey().toString()))
				.forEach((entry) -> entry(indent, scalar(entry.getKey()), entry.getValue()));
		}
		else if (value instanceof List<?> list) {
			elements(indent, "list", list);
		}
		else if (value instanceof Object[] array) {
			elements(indent, "array", Arrays.asList(array));
		}
		else if (value instanceof ListDescribedType composite) {
			this.text.append(name(composite)).append('\n');
			fields(indent, composite);
		}
		else if (value instanceof DescribedType described) {
			this.text.append("described ").append(scalar(described.getDescriptor())).append(' ');
			value(indent, described.getDescribed());
		}
		else if (value instanceof Binary binary && WireMessage.isMessage(binary.arrayCopy())) {
			this.text.append("message\n");
			WireMessage.sections(binary.arrayCopy()).forEach((section) -> composite(indent, section));
		}
		else {
			this.text.append(scalar(value)).append('\n');
		}
	}

	private void elements(String indent, String kind, List<?> elements) {
		this.text.append(kind).append('\n');
		elements.forEach((element) -> entry(indent, "-", element));
	}

	private static String scalar(Object value) {
		if (value == null || value instanceof Boolean || value instanceof Symbol) {
			return String.valueOf(value);
		}
		if (value instanceof String) {
			return "\"" + value + "\"";
		}
		if (value instanceof Date date) {
			return "timestamp " + date.toInstant();
		}
		if (value instanceof Binary binary) {
			return "binary " + bytes(binary.arrayCopy());
		}
		return typeName(value) + " " + value;
	}

	private static String bytes(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.ISO_8859_1);
		return text.matches("[ -~]+") ? "\"" + text + "\"" : HexFormat.of().formatHex(bytes);
	}

	private static String typeName(Object value) {
		Map<Class<?>, String> names = Map.of(Integer.class, "int", Long.class, "long", Short.class, "short",
				UnsignedByte.class, "ubyte", UnsignedShort.class, "ushort", UnsignedInteger.class, "uint",
				UnsignedLong.class, "ulong", UUID.class, "uuid", Double.class, "double");
		return names.getOrDefault(value.getClass(), value.getClass().getSimpleName());
	}

	/**
	 * The driver leaves some sections of messages without a type of their own.
	 */
	private static String name(DescribedType described) {
		String section = (described.getDescriptor() instanceof UnsignedLong code)
				? WireMessage.SECTIONS.get(code.longValue()) : null;
		return (section != null) ? section
				: kebab(described.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-"));
	}

	private static String kebab(String name) {
		return name.toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The driver names the fields of each of its types in an enum inside of it.
	 */
	private static Object[] fieldNames(ListDescribedType list) {
		return Arrays.stream(list.getClass().getDeclaredClasses())
			.filter((type) -> type.getSimpleName().equals("Field"))
			.findFirst()
			.<Object[]>map(Class::getEnumConstants)
			.orElse(new Object[0]);
	}

}
