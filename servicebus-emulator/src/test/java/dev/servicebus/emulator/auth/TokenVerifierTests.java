package dev.servicebus.emulator.auth;

import java.time.Instant;
import java.util.Set;
import java.util.stream.LongStream;

import dev.servicebus.emulator.auth.TokenRefusedException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class TokenVerifierTests {

	private static final long EXPIRY = 1_700_003_600L;

	private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);

	private static final String ROOT = AccessControl.DEFAULT_RULE_NAME;

	private static final String KEY = AccessControl.DEFAULT_KEY;

	private static final String GOLDEN_SIGNATURE = "aBnbwJRip3IdBhmUXg50tO0x5BaDROH7UNc1GXl2/+Y=";

	private static final String GOLDEN = "SharedAccessSignature sr=sb%3A%2F%2Flocalhost%2Fq"
			+ "&sig=aBnbwJRip3IdBhmUXg50tO0x5BaDROH7UNc1GXl2%2F%2BY%3D&se=1700003600&skn=" + ROOT;

	private final TokenVerifier verifier = new TokenVerifier(AccessControl.DEFAULTS);

	@Test
	void goldenTokenGivesTheRightsOfItsRuleOnTheAudience() {
		assertThat(this.verifier.verify(GOLDEN, "sb://localhost/q", NOW))
			.isEqualTo(new Grant("q", Set.of(Right.values()), Instant.ofEpochSecond(EXPIRY), ROOT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "sb://localhost/q", "amqp://localhost/Q", "sb://localhost:5673/q", "amqps://[::1]:5672/q/",
			"sb%3A%2F%2Flocalhost%2Fq", "https://localhost/q?api-version=2021-05&enrich=true", "localhost:5672/q",
			"sb://localhost/q/$management", "sb://other.host/q/%24DeadLetterQueue", "sb://localhost//q" })
	void schemeHostPortQueryAndCaseOfTheAudienceDoNotCount(String audience) {
		assertThat(this.verifier.verify(GOLDEN, audience, NOW).resourcePath()).matches("q(/\\$[a-z]+)?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sb://localhost/qq", "sb://localhost/", "sb://localhost", "sb://localhost/a/q", "q" })
	void audienceThatTheResourceDoesNotCoverIsRefused(String audience) {
		assertRefused(GOLDEN, audience, NOW, Reason.AUDIENCE_NOT_COVERED, 401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://localhost", "localhost:5673", "sb://localhost:5672/", "amqp://HOST/?x=/y" })
	void tokenForTheNamespaceCoversEverything(String resource) {
		String token = Tokens.token(resource, EXPIRY, ROOT, KEY);

		assertThat(this.verifier.verify(token, "amqp://localhost/t/Subscriptions/s", NOW).resourcePath())
			.isEqualTo("t/subscriptions/s");
		assertThat(this.verifier.verify(token, "https://localhost", NOW).resourcePath()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "amqps%3a%2f%2flocalhost%3a5672%2fq", "sb://localhost/q", "sb%3A//localhost/q",
			"http%3A%2F%2Flocalhost%3A5300%2Fq%3Fapi-version%3D2021-05" })
	void signatureIsOverTheResourceAsTheTokenEncodesIt(String rawResource) {
		String token = Tokens.tokenWithRawResource(rawResource, EXPIRY, ROOT, KEY);

		assertThat(this.verifier.verify(token, "sb://localhost/q", NOW).ruleName()).isEqualTo(ROOT);
	}

	@Test
	void fieldsMayStandInAnyOrderBesideUnknownOnes() {
		String token = "sharedAccessSignature sig=" + GOLDEN_SIGNATURE.replace("=", "%3D") + "&x=y&skn=" + ROOT
				+ "&sr=sb%3A%2F%2Flocalhost%2Fq&se=1700003600";

		assertThat(this.verifier.verify(token, "sb://localhost/q", NOW).ruleName()).isEqualTo(ROOT);
	}

	@Test
	void plusInAnUnencodedSignatureIsNotASpace() {
		String token = "SharedAccessSignature sr=sb%3A%2F%2Flocalhost%2Fq&sig=" + GOLDEN_SIGNATURE
				+ "&se=1700003600&skn=" + ROOT;

		assertThat(GOLDEN_SIGNATURE).contains("+");
		assertThat(this.verifier.verify(token, "sb://localhost/q", NOW).ruleName()).isEqualTo(ROOT);
	}

	@Test
	void tokenIsGoodUntilTheSecondOfItsExpiryAndNotAfter() {
		Instant expiry = Instant.ofEpochSecond(EXPIRY);

		assertThat(this.verifier.verify(GOLDEN, "sb://localhost/q", expiry).isExpired(expiry)).isFalse();
		assertRefused(GOLDEN, "sb://localhost/q", expiry.plusMillis(1), Reason.EXPIRED, 401);
	}

	@Test
	void expiryBeyondTheCalendarIsTheEndOfIt() {
		String token = Tokens.token("sb://localhost/q", 999_999_999_999_999_999L, ROOT, KEY);

		assertThat(this.verifier.verify(token, "sb://localhost/q", NOW).expiresAt()).isEqualTo("9999-12-31T23:59:59Z");
	}

	@ParameterizedTest
	@CsvSource({ "primary key,true", "secondary key,true", "other key,false" })
	void eitherKeyOfTheRuleSigns(String key, boolean good) {
		TokenVerifier own = new TokenVerifier(AccessControl.NONE
			.withRule(new AuthorizationRule("reader", "primary key", "secondary key", Set.of(Right.LISTEN))));
		String token = Tokens.token("sb://localhost/q", EXPIRY, "reader", key);

		if (good) {
			assertThat(own.verify(token, "sb://localhost/q", NOW).rights()).containsExactly(Right.LISTEN);
			assertThat(own.grantFor("reader", key).rights()).containsExactly(Right.LISTEN);
		}
		else {
			assertThatExceptionOfType(TokenRefusedException.class)
				.isThrownBy(() -> own.verify(token, "sb://localhost/q", NOW))
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.WRONG_KEY))
				.withMessageNotContainingAny(key, "primary key", token);
			assertThatExceptionOfType(TokenRefusedException.class).isThrownBy(() -> own.grantFor("reader", key))
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.WRONG_KEY));
		}
	}

	@Test
	void changedExpiryOrResourceBreaksTheSignature() {
		assertRefused(GOLDEN.replace("1700003600", "1700003601"), "sb://localhost/q", NOW, Reason.WRONG_KEY, 401);
		assertRefused(GOLDEN.replace("%2Fq", "%2fq"), "sb://localhost/q", NOW, Reason.WRONG_KEY, 401);
	}

	@Test
	void ruleOfAnEntityHoldsThereAndBelowOnly() {
		TokenVerifier own = new TokenVerifier(AccessControl.DEFAULTS.withEntityRule("/Orders",
				new AuthorizationRule("sender", "k", null, Set.of(Right.SEND))));
		String token = Tokens.token("sb://localhost/", EXPIRY, "sender", "k");

		assertThat(own.verify(token, "sb://localhost/orders/$management", NOW).rights()).containsExactly(Right.SEND);
		assertThat(own.grantFor("sender", "k").resourcePath()).isEqualTo("orders");
		for (String audience : new String[] { "sb://localhost/", "sb://localhost/orders2" }) {
			assertThatExceptionOfType(TokenRefusedException.class).isThrownBy(() -> own.verify(token, audience, NOW))
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.UNKNOWN_RULE));
		}
	}

	@Test
	void ruleOfTheSameNameAtTheEntityDoesNotHideTheOneOfTheNamespace() {
		TokenVerifier own = new TokenVerifier(AccessControl.DEFAULTS.withEntityRule("q",
				new AuthorizationRule(ROOT, "k", null, Set.of(Right.LISTEN))));

		assertThat(own.verify(GOLDEN, "sb://localhost/q", NOW).rights()).contains(Right.MANAGE);
		assertThat(own.verify(Tokens.token("sb://localhost/q", EXPIRY, ROOT, "k"), "sb://localhost/q", NOW).rights())
			.containsExactly(Right.LISTEN);
	}

	@Test
	void passwordOfTheNamespaceRuleOpensEverythingForEver() {
		assertThat(this.verifier.grantFor(ROOT, KEY))
			.isEqualTo(new Grant("", Set.of(Right.values()), Instant.MAX, ROOT));
		assertThatExceptionOfType(TokenRefusedException.class).isThrownBy(() -> this.verifier.grantFor("nobody", KEY))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.UNKNOWN_RULE));
	}

	@Test
	void unknownRuleIsNamedInOneLine() {
		String token = Tokens.tokenWithRawResource("sb%3A%2F%2Fh%2Fq", EXPIRY, "a%0Ab", KEY);

		assertThatExceptionOfType(TokenRefusedException.class)
			.isThrownBy(() -> this.verifier.verify(token, "sb://localhost/q", NOW))
			.withMessage("InvalidSignature: There is no authorization rule 'a?b' for 'q'.")
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(401));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Bearer abc", "SharedAccessSignature", "SharedAccessSignature ",
			"SharedAccessSignature sr=a&sig=b&se=1", "SharedAccessSignature sr=a&sig=&se=1&skn=r",
			"SharedAccessSignature sr=a&sr=a&sig=b&se=1&skn=r", "SharedAccessSignature sr=a&sig=b&se=soon&skn=r",
			"SharedAccessSignature sr=a&sig=b&se=-1&skn=r", "SharedAccessSignature sr=a&sig=b&se=1.5&skn=r",
			"SharedAccessSignature sr=a&sig=b&se=٣&skn=r", "SharedAccessSignature sr=a%2&sig=b&se=1&skn=r",
			"SharedAccessSignature sr=a&sig=%zz&se=1&skn=r",
			"SharedAccessSignature sr=a&sig=b&se=99999999999999999999999999&skn=r" })
	void whatIsNoTokenIsRefusedAsMalformed(String token) {
		assertRefused(token, "sb://localhost/q", NOW, Reason.MALFORMED_TOKEN, 400);
	}

	@Test
	void endlessTokenIsRefusedUnread() {
		assertRefused(GOLDEN + "&x=" + "y".repeat(10_000), "sb://localhost/q", NOW, Reason.MALFORMED_TOKEN, 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "sb://localhost/%2", "sb%3A%2F%2Flocalhost/%xx" })
	void audienceThatIsNoResourceIsRefused(String audience) {
		assertRefused(GOLDEN, audience, NOW, Reason.MALFORMED_AUDIENCE, 400);
	}

	@Test
	void everyByteOfTheSignatureCounts() {
		LongStream.range(0, GOLDEN_SIGNATURE.length()).forEach((index) -> {
			char[] changed = GOLDEN_SIGNATURE.toCharArray();
			changed[(int) index] ^= 1;
			assertRefused("SharedAccessSignature sr=sb%3A%2F%2Flocalhost%2Fq&se=1700003600&skn=" + ROOT + "&sig="
					+ new String(changed), "sb://localhost/q", NOW, Reason.WRONG_KEY, 401);
		});
	}

	private void assertRefused(String token, String audience, Instant now, Reason reason, int statusCode) {
		assertThatExceptionOfType(TokenRefusedException.class)
			.isThrownBy(() -> this.verifier.verify(token, audience, now))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(reason))
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(statusCode))
			.satisfies((ex) -> assertThat(ex.getMessage()).isNotBlank().doesNotContain(GOLDEN_SIGNATURE, "\n"));
	}

}
