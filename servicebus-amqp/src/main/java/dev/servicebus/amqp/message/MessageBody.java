package dev.servicebus.amqp.message;

import java.io.ByteArrayOutputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The body of a message, of one of three kinds (AMQP 1.0 sections 3.2.6 to 3.2.8).
 * Immutable, provided that nobody changes what it holds.
 */
public sealed interface MessageBody {

	/**
	 * A body without any bytes.
	 */
	Data EMPTY = Data.of(new byte[0]);

	/**
	 * A body of bytes.
	 *
	 * @param sections the bytes of each section; nearly every message has exactly one. No
	 * section at all is what a message without body has; written, it becomes an empty one
	 */
	record Data(List<byte[]> sections) implements MessageBody {

		public Data {
			sections = List.copyOf(sections);
		}

		/**
		 * A body of one section. The array is not copied.
		 */
		public static Data of(byte[] bytes) {
			return new Data(List.of(bytes));
		}

		/**
		 * The bytes of all sections: the array itself if there is one.
		 */
		public byte[] bytes() {
			if (this.sections.size() == 1) {
				return this.sections.get(0);
			}
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			this.sections.forEach(all::writeBytes);
			return all.toByteArray();
		}

	}

	/**
	 * A body of lists.
	 *
	 * @param sections the list of each section
	 */
	record Sequence(List<List<?>> sections) implements MessageBody {

		public Sequence {
			sections = List.copyOf(sections);
		}

	}

	/**
	 * A body of one value.
	 *
	 * @param value any value with an AMQP type
	 */
	record Value(@Nullable Object value) implements MessageBody {

	}

}
