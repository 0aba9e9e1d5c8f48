package dev.servicebus.amqp.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import dev.servicebus.amqp.codec.AmqpReader;
import dev.servicebus.amqp.codec.AmqpWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

@Timeout(10)
class SectionMapTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 5, 16, 17, 100 })
	void copyIsEqualAndKeepsTheOrder(int size) {
		Map<String, Object> original = new LinkedHashMap<>();
		for (int i = size; i > 0; i--) {
			original.put("key" + i, (i % 3 > 0) ? i : null);
		}
		Map<String, Object> copy = SectionMap.copyOf(original);
		assertThat(copy).isEqualTo(original).hasSameHashCodeAs(original).hasSize(size).hasToString(original.toString());
		assertThat(copy.keySet()).containsExactlyElementsOf(original.keySet());
		original.forEach((key, value) -> assertThat(copy.get(key)).isEqualTo(value));
		Map<String, Object> visited = new LinkedHashMap<>();
		copy.forEach(visited::put);
		assertThat(visited).containsExactlyEntriesOf(original);
		assertThat(copy.get("absent")).isNull();
		assertThat(copy.containsKey("absent")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 20 })
	void lastOfEqualKeysCounts(int entries) {
		AmqpWriter writer = new AmqpWriter();
		for (int i = 0; i < entries; i++) {
			writer.writeString((i % 2 == 0) ? "a" : "b");
			writer.writeInteger(i);
		}
		writer.writeString("a");
		writer.writeNull();
		Map<String, Object> read = SectionMap.read(new AmqpReader(writer.toByteArray()), entries + 1,
				AmqpReader::readString);
		assertThat(read.keySet()).containsExactly("a", "b");
		assertThat(read.get("a")).isNull();
		assertThat(read.containsKey("a")).isTrue();
		assertThat(read.get("b")).isEqualTo(entries - 1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 17 })
	void nothingCanBeChanged(int size) {
		Map<String, Object> original = new LinkedHashMap<>();
		for (int i = 0; i < size; i++) {
			original.put("key" + i, i);
		}
		Map<String, Object> copy = SectionMap.copyOf(original);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> copy.put("a", 1));
		original.put("later", 1);
		assertThat(copy).hasSize(size);
		for (Map.Entry<String, Object> entry : copy.entrySet()) {
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> entry.setValue(2));
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> copy.remove(entry.getKey()));
		}
	}

	@Test
	void copyOfACopyIsTheSame() {
		Map<String, Object> copy = SectionMap.copyOf(Map.of("a", 1));
		assertThat(SectionMap.copyOf(copy)).isSameAs(copy);
	}

	@Test
	void nullKeysAreRefused() {
		Map<String, Object> original = new LinkedHashMap<>();
		original.put(null, 1);
		assertThatNullPointerException().isThrownBy(() -> SectionMap.copyOf(original));
	}

	@Test
	void iteratorEnds() {
		var iterator = SectionMap.copyOf(Map.of("a", List.of())).entrySet().iterator();
		iterator.next();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
	}

}
