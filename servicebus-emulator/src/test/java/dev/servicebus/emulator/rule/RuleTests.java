package dev.servicebus.emulator.rule;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class RuleTests {

	@ParameterizedTest
	@ValueSource(
			strings = { "r", "$Default", "my rule", "a.b-c_d~e", "12345678901234567890123456789012345678901234567890" })
	void takesNames(String name) {
		assertThat(new Rule(name, new TrueFilter(), null, Instant.EPOCH).name()).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a/b", "a\\b", "a@b", "a?b", "a#b", "a*b", "a\nb",
			"123456789012345678901234567890123456789012345678901" })
	void refusesOtherNames(String name) {
		assertThatThrownBy(() -> new Rule(name, new TrueFilter(), null, Instant.EPOCH))
			.isInstanceOfSatisfying(RuleException.class,
					(ex) -> assertThat(ex.reason()).isEqualTo(RuleException.Reason.INVALID))
			.hasMessageEndingWith("is not a valid rule name; it must have 1 to 50 characters other than / \\ @ ? # *");
	}

	@Test
	void theDefaultRuleTakesEveryMessage() {
		Rule rule = Rule.defaultRule(Instant.EPOCH);

		assertThat(rule.name()).isEqualTo("$Default");
		assertThat(rule.filter()).isEqualTo(new TrueFilter());
		assertThat(rule.filter().matches(new TestSubject())).isTrue();
		assertThat(new FalseFilter().matches(new TestSubject())).isFalse();
	}

}
