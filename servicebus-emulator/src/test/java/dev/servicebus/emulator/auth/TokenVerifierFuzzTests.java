package dev.servicebus.emulator.auth;

import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changed tokens and audiences must end in a grant that the unchanged ones also give, or
 * in {@link TokenRefusedException}. The system property {@code servicebus.fuzz.runs} sets
 * their number.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class TokenVerifierFuzzTests {

	private static final int RUNS = Integer.getInteger("servicebus.fuzz.runs", 200_000);

	private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);

	private static final String REMARKABLE = "%&=+/?:$ \n\0é٣\uD800#.0az";

	private static final String[] AUDIENCES = { "sb://localhost/q", "amqp://localhost:5672/q/$management",
			"sb%3A%2F%2Flocalhost%2Fq", "https://localhost/q?api-version=2021-05" };

	private final TokenVerifier verifier = new TokenVerifier(AccessControl.DEFAULTS);

	private int refused;

	@Test
	void mutatedTokensAreJudged() {
		String token = Tokens.token("sb://localhost/q", 1_700_003_600L, AccessControl.DEFAULT_RULE_NAME,
				AccessControl.DEFAULT_KEY);
		long seed = new Random().nextLong();
		for (int i = 0; i < RUNS; i++) {
			Random random = new Random(seed + i);
			try {
				tryOut(mutate(token, random), mutate(AUDIENCES[random.nextInt(AUDIENCES.length)], random));
			}
			catch (Throwable ex) {
				throw new AssertionError("seed " + (seed + i), ex);
			}
		}
		assertThat(this.refused).as("tokens refused").isBetween(RUNS / 2, RUNS - 1);
	}

	private void tryOut(String token, String audience) {
		Grant grant;
		try {
			grant = this.verifier.verify(token, audience, NOW);
		}
		catch (TokenRefusedException ex) {
			assertThat(ex.getMessage()).hasSizeLessThan(400).doesNotContain("\n", "\0");
			this.refused++;
			return;
		}
		assertThat(grant.resourcePath()).startsWith("q");
		assertThat(grant.expiresAt()).isEqualTo(Instant.ofEpochSecond(1_700_003_600L));
	}

	private static String mutate(String text, Random random) {
		StringBuilder changed = new StringBuilder(text);
		for (int i = random.nextInt(4); i > 0 && changed.length() > 0; i--) {
			int index = random.nextInt(changed.length());
			switch (random.nextInt(5)) {
				case 0 -> changed.setCharAt(index, REMARKABLE.charAt(random.nextInt(REMARKABLE.length())));
				case 1 -> changed.insert(index, REMARKABLE.charAt(random.nextInt(REMARKABLE.length())));
				case 2 -> changed.deleteCharAt(index);
				case 3 -> changed.setLength(index);
				default -> changed.insert(random.nextInt(changed.length()), changed.substring(index));
			}
		}
		return changed.toString();
	}

}
