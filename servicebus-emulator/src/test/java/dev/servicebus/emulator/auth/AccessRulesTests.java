package dev.servicebus.emulator.auth;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(10)
class AccessRulesTests {

	private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);

	private static final AuthorizationRule SENDER = new AuthorizationRule("sender", "key", null,
			EnumSet.of(Right.SEND));

	private static final String TOKEN = Tokens.token("sb://localhost/orders", NOW.getEpochSecond() + 60, "sender",
			"key");

	private final AccessRules rules = new AccessRules(AccessControl.DEFAULTS);

	private final TokenVerifier verifier = new TokenVerifier(this.rules);

	@Test
	void ruleCountsFromTheMomentItIsThere() {
		assertThatExceptionOfType(TokenRefusedException.class)
			.isThrownBy(() -> this.verifier.verify(TOKEN, "sb://localhost/orders", NOW));

		this.rules.change((current) -> current.withEntityRules("Orders", List.of(SENDER)));

		assertThat(this.verifier.verify(TOKEN, "sb://localhost/orders", NOW).rights()).containsExactly(Right.SEND);
		assertThat(this.rules.current().entityRules("/orders/")).containsExactly(SENDER);
	}

	@Test
	void rulesOfAnEntityTakeThePlaceOfThoseBefore() {
		this.rules.change((current) -> current.withEntityRules("orders", List.of(SENDER)));
		AuthorizationRule other = new AuthorizationRule("other", "key", "second", EnumSet.of(Right.LISTEN));

		this.rules.change((current) -> current.withEntityRules("ORDERS", List.of(other)));

		assertThat(this.rules.current().entityRules("orders")).containsExactly(other);
	}

	@Test
	void entityCanLoseItsRulesButNotTheNamespaceThatWay() {
		this.rules.change((current) -> current.withEntityRules("orders", List.of(SENDER)));

		this.rules.change((current) -> current.withEntityRules("orders", List.of()).withEntityRules("", List.of()));

		assertThat(this.rules.current().entityRules("orders")).isEmpty();
		assertThat(this.rules.current().rulesFor("orders", AccessControl.DEFAULT_RULE_NAME)).hasSize(1);
	}

}
