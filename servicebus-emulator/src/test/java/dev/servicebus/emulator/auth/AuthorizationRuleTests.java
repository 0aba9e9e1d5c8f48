package dev.servicebus.emulator.auth;

import java.time.Instant;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(10)
class AuthorizationRuleTests {

	private static final Instant NOW = Instant.EPOCH;

	@Test
	void manageBringsTheOtherRights() {
		assertThat(new AuthorizationRule("r", "k", null, Set.of(Right.MANAGE)).rights()).containsOnly(Right.values());
		assertThat(new AuthorizationRule("r", "k", null, Set.of(Right.SEND)).rights()).containsOnly(Right.SEND);
	}

	@Test
	void keysAreNotShown() {
		AuthorizationRule rule = new AuthorizationRule("reader", "first-key", "second-key", Set.of(Right.LISTEN));

		assertThat(rule).hasToString("AuthorizationRule[reader [LISTEN]]");
		assertThat(AccessControl.NONE.withRule(rule).withEntityRule("q", rule).toString()).contains("reader")
			.doesNotContain("-key");
	}

	@Test
	void ruleWithoutNameKeyOrRightIsRefusedWithoutItsKeys() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new AuthorizationRule(" ", "secret", null, Set.of(Right.SEND)))
			.withMessageContaining("name")
			.withMessageNotContaining("secret");
		assertThatIllegalArgumentException().isThrownBy(() -> new AuthorizationRule("r", "", null, Set.of(Right.SEND)))
			.withMessage("The primary key of authorization rule 'r' must not be blank");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new AuthorizationRule("r", "secret", "", Set.of(Right.SEND)))
			.withMessage("The secondary key of authorization rule 'r' must not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> new AuthorizationRule("r", "secret", null, Set.of()))
			.withMessage("Authorization rule 'r' must have at least one right");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> AccessControl.NONE.withEntityRule("/", AuthorizationRule.allRights("r", "secret")));
	}

	@Test
	void defaultKeyIsKnownWhereverItStands() {
		AuthorizationRule own = AuthorizationRule.allRights("own", "own key");
		AuthorizationRule second = new AuthorizationRule("second", "own key", AccessControl.DEFAULT_KEY,
				Set.of(Right.LISTEN));

		assertThat(AccessControl.DEFAULTS.acceptsDefaultKey()).isTrue();
		assertThat(AccessControl.NONE.withEntityRule("q", second).acceptsDefaultKey()).isTrue();
		assertThat(AccessControl.NONE.withRule(own).acceptsDefaultKey()).isFalse();
		assertThat(AccessControl.DEFAULTS.withRule(AuthorizationRule.allRights(AccessControl.DEFAULT_RULE_NAME, "mine"))
			.acceptsDefaultKey()).isFalse();
	}

	@Test
	void grantHoldsAtItsPlaceAndBelowForItsRights() {
		Grant grant = new Grant("orders", Set.of(Right.LISTEN), NOW, "reader");

		assertThat(grant.allows(Right.LISTEN, "Orders", NOW)).isTrue();
		assertThat(grant.allows(Right.LISTEN, "/orders/$DeadLetterQueue", NOW)).isTrue();
		assertThat(grant.allows(Right.SEND, "orders", NOW)).isFalse();
		assertThat(grant.allows(Right.LISTEN, "orders2", NOW)).isFalse();
		assertThat(grant.allows(Right.LISTEN, "", NOW)).isFalse();
		assertThat(grant.allows(Right.LISTEN, "orders", NOW.plusMillis(1))).isFalse();
	}

}
