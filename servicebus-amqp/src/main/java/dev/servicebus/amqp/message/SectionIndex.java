package dev.servicebus.amqp.message;

import java.util.ArrayList;
import java.util.List;

import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.codec.AmqpReader;
import org.jspecify.annotations.Nullable;

/**
 * Where the sections of an encoded message are, found in one pass that looks only at
 * descriptors and sizes. Immutable.
 *
 * <p>
 * Sections are found in any order, because senders exist that do not keep to the
 * standard's: Azure's Python SDK writes delivery annotations behind the body when it
 * sends a received message again. Sections still occur once, and there is one body.
 */
final class SectionIndex {

	/**
	 * Three numbers per section: where its descriptor begins, where its value begins,
	 * where it ends. All are 0 for a section that is absent.
	 */
	private static final int STRIDE = 3;

	private static final int SECTIONS = SectionCode.values().length;

	private final byte[] array;

	private final int[] bounds = new int[STRIDE * SECTIONS];

	private final List<ByteSlice> unknown;

	private final @Nullable SectionCode body;

	SectionIndex(byte[] array, int offset, int length) {
		this.array = array;
		AmqpReader reader = new AmqpReader(array, offset, length);
		List<ByteSlice> others = List.of();
		SectionCode last = null;
		SectionCode lastBody = null;
		boolean afterUnknown = false;
		while (reader.hasRemaining()) {
			int start = reader.position();
			SectionCode code = SectionCode.of(reader.readDescriptor());
			int value = reader.position();
			reader.skipValue();
			if (code == null) {
				others = append(others, new ByteSlice(array, start, reader.position() - start));
				afterUnknown = true;
				continue;
			}
			boolean continued = code == last && code.isRepeatable() && !afterUnknown;
			if (!continued) {
				checkFirst(code, lastBody);
				put(code, start, value);
			}
			this.bounds[STRIDE * code.ordinal() + 2] = reader.position();
			lastBody = code.isBody() ? code : lastBody;
			last = code;
			afterUnknown = false;
		}
		this.unknown = others;
		this.body = lastBody;
	}

	/**
	 * The kind of the body, {@code null} if there is none.
	 */
	@Nullable SectionCode body() {
		return this.body;
	}

	boolean has(SectionCode code) {
		return this.bounds[STRIDE * code.ordinal() + 2] != 0;
	}

	/**
	 * The section with its descriptor, or all body sections if it is one of these;
	 * {@code null} if it is absent.
	 */
	@Nullable ByteSlice section(SectionCode code) {
		if (!has(code)) {
			return null;
		}
		int start = this.bounds[STRIDE * code.ordinal()];
		return new ByteSlice(this.array, start, this.bounds[STRIDE * code.ordinal() + 2] - start);
	}

	/**
	 * Reads the section with its descriptor.
	 */
	AmqpReader readSection(SectionCode code) {
		return read(this.bounds[STRIDE * code.ordinal()], code);
	}

	/**
	 * Reads the value of the section.
	 */
	AmqpReader readValue(SectionCode code) {
		return read(this.bounds[STRIDE * code.ordinal() + 1], code);
	}

	/**
	 * Sections with a descriptor that is none of the standard ones.
	 */
	List<ByteSlice> unknown() {
		return this.unknown;
	}

	private AmqpReader read(int start, SectionCode code) {
		return new AmqpReader(this.array, start, this.bounds[STRIDE * code.ordinal() + 2] - start);
	}

	private void put(SectionCode code, int start, int value) {
		this.bounds[STRIDE * code.ordinal()] = start;
		this.bounds[STRIDE * code.ordinal() + 1] = value;
	}

	private void checkFirst(SectionCode code, @Nullable SectionCode bodySoFar) {
		SectionCode other = code.isBody() ? bodySoFar : (has(code) ? code : null);
		if (other != null) {
			throw new AmqpDecodeException("section " + code + " must not follow " + other);
		}
	}

	private static List<ByteSlice> append(List<ByteSlice> slices, ByteSlice slice) {
		List<ByteSlice> longer = new ArrayList<>(slices);
		longer.add(slice);
		return List.copyOf(longer);
	}

}
