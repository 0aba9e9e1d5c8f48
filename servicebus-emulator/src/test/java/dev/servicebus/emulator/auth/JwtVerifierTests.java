package dev.servicebus.emulator.auth;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import java.util.Set;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
class JwtVerifierTests {

	private static final byte[] SECRET = "CANARY-secret-of-at-least-32-bytes!".getBytes(StandardCharsets.UTF_8);

	private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

	private static final String CLAIMS = """
			{"aud":"https://servicebus.azure.net","exp":1800000060,"nbf":1799999000}""";

	private static KeyPair rsa;

	private final TokenVerifier verifier = new TokenVerifier(new AccessRules(AccessControl.DEFAULTS),
			JwtTrust.hmac(SECRET));

	@BeforeAll
	static void makeKey() throws Exception {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		generator.initialize(2048);
		rsa = generator.generateKeyPair();
	}

	@Test
	void signedTokenOpensItsAudienceUntilItExpires() throws Exception {
		Grant grant = this.verifier.verify(hs256(CLAIMS), "sb://localhost/orders", NOW);

		assertThat(grant.rights()).containsExactlyInAnyOrder(Right.values());
		assertThat(grant.resourcePath()).isEqualTo("orders");
		assertThat(grant.expiresAt()).isEqualTo(NOW.plusSeconds(60));
	}

	@Test
	void tokenSignedWithAPrivateKeyIsBelievedByThePublicOne() throws Exception {
		TokenVerifier believer = new TokenVerifier(new AccessRules(AccessControl.NONE),
				JwtTrust.rsa((RSAPublicKey) rsa.getPublic()));
		String token = rs256(CLAIMS);

		assertThat(believer.verify(token, "sb://localhost/", NOW).rights()).contains(Right.MANAGE);
		refused(believer, token.substring(0, token.length() - 8) + "AAAAAAAA", TokenRefusedException.Reason.WRONG_KEY);
		refused(believer, token.substring(0, token.length() - 8), TokenRefusedException.Reason.WRONG_KEY);
		refused(believer, hs256(CLAIMS), TokenRefusedException.Reason.WRONG_KEY);
	}

	@Test
	void publicKeyIsNoSecretForAnotherAlgorithm() throws Exception {
		TokenVerifier believer = new TokenVerifier(new AccessRules(AccessControl.NONE),
				JwtTrust.rsa((RSAPublicKey) rsa.getPublic()));

		refused(believer, hmac("{\"alg\":\"HS256\"}", CLAIMS, rsa.getPublic().getEncoded()),
				TokenRefusedException.Reason.WRONG_KEY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"alg\":\"none\"}", "{\"alg\":\"HS512\"}", "{}", "[]", "null" })
	void otherAlgorithmsAreRefused(String header) throws Exception {
		refused(this.verifier, hmac(header, CLAIMS, SECRET), TokenRefusedException.Reason.WRONG_KEY);
	}

	@Test
	void wrongSecretIsRefused() throws Exception {
		refused(this.verifier, hmac("{\"alg\":\"HS256\"}", CLAIMS, "another".getBytes(StandardCharsets.UTF_8)),
				TokenRefusedException.Reason.WRONG_KEY);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"aud":"https://servicebus.azure.net","exp":1799999999}                    | EXPIRED
			{"aud":"https://servicebus.azure.net","exp":1800000060,"nbf":1800000001}   | NOT_YET_VALID
			{"aud":"https://storage.azure.com","exp":1800000060}                       | AUDIENCE_NOT_COVERED
			{"exp":1800000060}                                                         | AUDIENCE_NOT_COVERED
			{"aud":"https://servicebus.azure.net"}                                     | MALFORMED_TOKEN
			{"aud":"https://servicebus.azure.net","exp":"soon"}                        | MALFORMED_TOKEN
			{"aud":"https://servicebus.azure.net","exp":-1}                            | MALFORMED_TOKEN
			{"aud":"https://servicebus.azure.net","exp":1800000060,"roles":["Reader"]} | NO_ROLE
			""")
	void claimsAreLookedAt(String claims, TokenRefusedException.Reason reason) throws Exception {
		refused(this.verifier, hs256(claims), reason);
	}

	@Test
	void audienceMayBeOneOfSeveralAndEndWithASlash() throws Exception {
		JwtTrust trust = JwtTrust.hmac(SECRET).withAudience("https://shop.servicebus.windows.net/");
		TokenVerifier believer = new TokenVerifier(new AccessRules(AccessControl.NONE), trust);

		for (String audience : new String[] { "\"https://servicebus.azure.net/\"",
				"[\"x\",\"https://servicebus.azure.net\"]", "\"https://shop.servicebus.windows.net\"" }) {
			String token = hs256("{\"aud\":" + audience + ",\"exp\":1800000060}");
			assertThat(believer.verify(token, "sb://localhost/", NOW).resourcePath()).isEmpty();
		}
		assertThat(trust.toString()).contains("HS256").doesNotContain("CANARY");
	}

	@Test
	void rolesLimitTheRights() throws Exception {
		assertThat(rights("[\"Azure Service Bus Data Sender\"]")).containsExactly(Right.SEND);
		assertThat(rights("\"Azure Service Bus Data Receiver\"")).containsExactly(Right.LISTEN);
		assertThat(rights("[\"Azure Service Bus Data Sender\",\"Azure Service Bus Data Receiver\"]"))
			.containsExactlyInAnyOrder(Right.SEND, Right.LISTEN);
		assertThat(rights("[\"Azure Service Bus Data Owner\"]")).contains(Right.MANAGE);
	}

	@Test
	void signaturesOfSharedKeysAreBelievedBesideTokens() {
		Instant expiry = NOW.plusSeconds(60);
		String token = Tokens.token("sb://localhost/orders", expiry.getEpochSecond(), AccessControl.DEFAULT_RULE_NAME,
				AccessControl.DEFAULT_KEY);

		assertThat(this.verifier.verify(token, "sb://localhost/orders", NOW).expiresAt()).isEqualTo(expiry);
	}

	@Test
	void nobodyBelievesTokensUnasked() throws Exception {
		refused(new TokenVerifier(AccessControl.DEFAULTS), hs256(CLAIMS), TokenRefusedException.Reason.MALFORMED_TOKEN);
	}

	@Test
	void shortSecretIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> JwtTrust.hmac(new byte[31]))
			.withMessageContaining("32 bytes");
	}

	@Test
	void anyTextIsRefusedWithADeclaredException() throws Exception {
		int runs = Integer.getInteger("servicebus.fuzz.runs", 20_000);
		long seed = Long.getLong("servicebus.fuzz.seed", 20261121);
		Random random = new Random(seed);
		byte[] good = hs256(CLAIMS).getBytes(StandardCharsets.ISO_8859_1);
		for (int run = 0; run < runs; run++) {
			byte[] bad = good.clone();
			for (int change = random.nextInt(4); change >= 0; change--) {
				bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
			}
			String token = new String(bad, 0, bad.length - random.nextInt(bad.length) / 2, StandardCharsets.ISO_8859_1);
			try {
				this.verifier.verify(token, "sb://localhost/orders", NOW);
			}
			catch (TokenRefusedException ex) {
				assertThat(ex.getMessage()).doesNotContain("CANARY");
			}
			catch (RuntimeException ex) {
				throw new AssertionError("seed " + seed + ", run " + run + ": " + token, ex);
			}
		}
	}

	private Set<Right> rights(String roles) throws Exception {
		return this.verifier
			.verify(hs256("{\"aud\":\"https://servicebus.azure.net\",\"exp\":1800000060,\"roles\":" + roles + "}"),
					"sb://localhost/orders", NOW)
			.rights();
	}

	private static void refused(TokenVerifier verifier, String token, TokenRefusedException.Reason reason) {
		assertThatExceptionOfType(TokenRefusedException.class)
			.isThrownBy(() -> verifier.verify(token, "sb://localhost/orders", NOW))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(reason));
	}

	private static String hs256(String claims) throws Exception {
		return hmac("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims, SECRET);
	}

	private static String hmac(String header, String claims, byte[] secret) throws Exception {
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(secret, "HmacSHA256"));
		String text = base64(header.getBytes(StandardCharsets.UTF_8)) + "."
				+ base64(claims.getBytes(StandardCharsets.UTF_8));
		return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
	}

	private static String rs256(String claims) throws Exception {
		Signature signature = Signature.getInstance("SHA256withRSA");
		signature.initSign(rsa.getPrivate());
		String text = base64("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
				+ base64(claims.getBytes(StandardCharsets.UTF_8));
		signature.update(text.getBytes(StandardCharsets.US_ASCII));
		return text + "." + base64(signature.sign());
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
