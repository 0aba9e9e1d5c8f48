package dev.servicebus.emulator.rule;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class RuleSetTests {

	private final RuleSet rules = new RuleSet();

	private final TestSubject subject = new TestSubject().with("a", 1).with("text", "x");

	@Test
	void noRuleMakesNoCopy() {
		assertThat(this.rules.match(this.subject)).isEqualTo(new RuleMatch(List.of(), List.of()));
	}

	@Test
	void rulesWithoutActionShareOneCopy() {
		add("first", "a = 1", null);
		add("second", "a > 0", null);
		add("third", "a > 1", null);

		RuleMatch match = this.rules.match(this.subject);

		assertThat(match.copies()).hasSize(1).allMatch(RuleCopy::isUnchanged);
		assertThat(match.failures()).isEmpty();
	}

	@Test
	void eachRuleWithAnActionMakesItsOwnCopy() {
		add("one", "a = 1", "SET b = 1");
		add("plain", "a = 1", null);
		add("not me", "a = 2", "SET b = 2");
		add("two", "a = 1", "SET b = 2; REMOVE a");

		RuleMatch match = this.rules.match(this.subject);

		assertThat(match.copies()).extracting((copy) -> (copy.rule() != null) ? copy.rule().name() : "-")
			.containsExactly("-", "one", "two");
		assertThat(changed(match.copies().get(0)).userProperties()).containsOnlyKeys("a", "text");
		assertThat(changed(match.copies().get(1)).userProperties()).containsEntry("b", 1L)
			.containsEntry("a", 1)
			.containsEntry("RuleName", "one");
		assertThat(changed(match.copies().get(2)).userProperties()).containsEntry("b", 2L)
			.doesNotContainKey("a")
			.containsEntry("RuleName", "two");
	}

	@Test
	void actionRulesAloneMakeNoUnchangedCopy() {
		add("one", "1=1", "SET b = 1");

		assertThat(this.rules.match(this.subject).copies()).hasSize(1).noneMatch(RuleCopy::isUnchanged);
	}

	@Test
	void theNameOfTheRuleWinsOverTheAction() {
		add("one", "1=1", "SET RuleName = 'other'");

		assertThat(changed(this.rules.match(this.subject).copies().get(0)).userProperties()).containsEntry("RuleName",
				"one");
	}

	@Test
	void failuresAreReportedBesideTheCopies() {
		add("broken", "1/0 = 1", null);
		add("good", "a = 1", null);
		add("wrong", "a LIKE 'x'", "SET b = 1");

		RuleMatch match = this.rules.match(this.subject);

		assertThat(match.copies()).hasSize(1);
		assertThat(match.failures()).extracting(Throwable::getMessage)
			.containsExactly("The filter of rule 'broken' failed: division by zero",
					"The filter of rule 'wrong' failed: there is a number instead of a string left of LIKE");
	}

	@Test
	void aFailingActionNamesItsRule() {
		add("broken", "1=1", "SET b = 1/0");

		assertThatThrownBy(() -> changed(this.rules.match(this.subject).copies().get(0)))
			.isInstanceOf(FilterException.class)
			.hasMessage("The action of rule 'broken' failed: division by zero");
	}

	@Test
	void filtersOfAllKindsWorkSideBySide() {
		this.rules.add(Rule.defaultRule(Instant.EPOCH));
		this.rules.add(new Rule("never", new FalseFilter(), SqlRuleAction.parse("SET c = 1"), Instant.EPOCH));
		this.rules.add(new Rule("correlated", new CorrelationFilter(Map.of(), Map.of("a", 1)),
				SqlRuleAction.parse("SET c = 2"), Instant.EPOCH));

		assertThat(this.rules.match(this.subject).copies()).extracting(RuleCopy::isUnchanged)
			.containsExactly(true, false);
	}

	@Test
	void aSecondRuleOfTheSameNameIsRefused() {
		add("Rule", "1=1", null);

		assertThatThrownBy(() -> add("rULE", "1=0", null))
			.isInstanceOfSatisfying(RuleException.class,
					(ex) -> assertThat(ex.reason()).isEqualTo(RuleException.Reason.ALREADY_EXISTS))
			.hasMessage("The subscription already has a rule named 'rULE'");
		assertThat(this.rules.rules()).extracting(Rule::name).containsExactly("Rule");
	}

	@Test
	void removingAndReplacingNeedARule() {
		assertThatThrownBy(() -> this.rules.remove("missing"))
			.isInstanceOfSatisfying(RuleException.class,
					(ex) -> assertThat(ex.reason()).isEqualTo(RuleException.Reason.NOT_FOUND))
			.hasMessage("The subscription has no rule named 'missing'");
		assertThatThrownBy(() -> this.rules.replace(Rule.defaultRule(Instant.EPOCH))).isInstanceOf(RuleException.class)
			.hasMessage("The subscription has no rule named '$Default'");
	}

	@Test
	void rulesKeepTheirOrder() {
		add("c", "1=1", null);
		add("a", "1=1", null);
		add("b", "1=1", null);
		Rule replacement = new Rule("A", new FalseFilter(), null, Instant.EPOCH);
		List<Rule> before = this.rules.rules();

		this.rules.replace(replacement);
		assertThat(this.rules.rules()).extracting(Rule::name).containsExactly("c", "A", "b");
		assertThat(this.rules.find("a")).isEqualTo(replacement);

		assertThat(this.rules.remove("C").name()).isEqualTo("c");
		assertThat(this.rules.rules()).extracting(Rule::name).containsExactly("A", "b");
		assertThat(this.rules.find("c")).isNull();
		assertThat(before).extracting(Rule::name).containsExactly("c", "a", "b");
	}

	private void add(String name, String filter, @Nullable String action) {
		this.rules.add(new Rule(name, SqlFilter.parse(filter), (action != null) ? SqlRuleAction.parse(action) : null,
				Instant.EPOCH));
	}

	private TestSubject changed(RuleCopy copy) {
		TestSubject target = new TestSubject();
		this.subject.userProperties().forEach(target::with);
		copy.applyTo(target);
		return target;
	}

}
