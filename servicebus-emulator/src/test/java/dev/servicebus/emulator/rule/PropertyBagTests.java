package dev.servicebus.emulator.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PropertyBagTests {

	private final Map<String, Object> original = new LinkedHashMap<>();

	PropertyBagTests() {
		this.original.put("Color", "red");
		this.original.put("COLOR", "blue");
		this.original.put("empty", null);
	}

	@Test
	void theExactNameWinsThenTheFirst() {
		PropertyBag bag = new PropertyBag(this.original);

		assertThat(bag.get("COLOR")).isEqualTo("blue");
		assertThat(bag.get("color")).isEqualTo("red");
		assertThat(bag.get("colour")).isNull();
	}

	@Test
	void aPropertyWithoutAValueIsThere() {
		PropertyBag bag = new PropertyBag(this.original);

		assertThat(bag.contains("EMPTY")).isTrue();
		assertThat(bag.get("Empty")).isNull();
		assertThat(bag.contains("missing")).isFalse();
	}

	@Test
	void theExactNameIsSetAmongNamesThatDifferByCase() {
		PropertyBag bag = new PropertyBag(this.original);

		bag.set("COLOR", "green");

		assertThat(bag.asMap()).containsEntry("Color", "red").containsEntry("COLOR", "green");
	}

	@Test
	void changesStayInTheBag() {
		PropertyBag bag = new PropertyBag(this.original);

		bag.set("EMPTY", 1);
		bag.set("new", 2);
		bag.remove("color");
		bag.remove("missing");

		assertThat(bag.asMap()).containsExactly(Map.entry("empty", 1), Map.entry("new", 2));
		assertThat(this.original).containsOnlyKeys("Color", "COLOR", "empty").containsEntry("empty", null);
	}

}
