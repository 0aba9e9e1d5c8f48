package dev.servicebus.emulator.rule;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LikePatternTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			abc     | abc      | true
			abc     | ab       | false
			abc     | abcd     | false
			abc     | %        | true
			abc     | %%       | true
			abc     | a%       | true
			abc     | %c       | true
			abc     | %b%      | true
			abc     | a%c      | true
			abc     | a%d      | false
			abc     | ___      | true
			abc     | ____     | false
			abc     | __       | false
			abc     | _%_      | true
			abc     | %_       | true
			aXbXc   | a%X%c    | true
			aab     | %ab      | true
			ababac  | %abac    | true
			a.c     | a.c      | true
			abc     | a.c      | false
			a*c     | a*c      | true
			[a]     | [a]      | true
			a       | [a]      | false
			``      | ``       | true
			``      | %        | true
			``      | _        | false
			a%c     | a!%c     | true
			abc     | a!%c     | false
			a_c     | a!_c     | true
			abc     | a!_c     | false
			a!c     | a!!c     | true
			abc     | a!bc     | true
			""")
	void matchesWholeTexts(String text, String pattern, boolean expected) {
		assertThat(LikePattern.compile(pattern, "!").matches(text)).isEqualTo(expected);
	}

	@Test
	void nothingIsEscapedUnlessAskedFor() {
		assertThat(LikePattern.compile("a\\%", null).matches("a\\b")).isTrue();
		assertThat(LikePattern.compile("a!%", null).matches("a!")).isTrue();
	}

	@Test
	void wildcardsCanEscape() {
		assertThat(LikePattern.compile("a%%", "%").matches("a%")).isTrue();
		assertThat(LikePattern.compile("a%%", "%").matches("ab")).isFalse();
		assertThat(LikePattern.compile("__%", "_").matches("_bc")).isTrue();
	}

	@Test
	void badPatternsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> LikePattern.compile("a", "ab"));
		assertThatIllegalArgumentException().isThrownBy(() -> LikePattern.compile("a", ""));
		assertThatIllegalArgumentException().isThrownBy(() -> LikePattern.compile("a!", "!"));
		assertThatIllegalArgumentException().isThrownBy(() -> LikePattern.compile("%".repeat(1025), null));
	}

	@Test
	void agreesWithATableOfAllPrefixes() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		int matches = 0;
		for (int i = 0; i < 50_000; i++) {
			String text = random(random, "ab", 8);
			String pattern = random(random, "ab%_", 8);
			boolean expected = matchesByTable(text, pattern);
			assertThat(LikePattern.compile(pattern, null).matches(text))
				.as("'%s' LIKE '%s', seed %s", text, pattern, seed)
				.isEqualTo(expected);
			matches += expected ? 1 : 0;
		}
		assertThat(matches).isBetween(2_500, 47_500);
	}

	@Test
	void manyWildcardsOnLongTextsEndSoon() {
		String text = "a".repeat(65_536);
		assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
			assertThat(LikePattern.compile("%a".repeat(511) + "b", null).matches(text)).isFalse();
			assertThat(LikePattern.compile("%" + "a".repeat(1_000) + "b", null).matches(text)).isFalse();
			assertThat(LikePattern.compile("%_".repeat(500) + "%b", null).matches(text)).isFalse();
			assertThat(LikePattern.compile("%" + "_a".repeat(500) + "b", null).matches(text)).isFalse();
		});
	}

	/**
	 * Whether each prefix of the pattern fits each prefix of the text.
	 */
	static boolean matchesByTable(String text, String pattern) {
		boolean[][] fits = new boolean[pattern.length() + 1][text.length() + 1];
		fits[0][0] = true;
		for (int p = 1; p <= pattern.length(); p++) {
			char element = pattern.charAt(p - 1);
			for (int t = 0; t <= text.length(); t++) {
				boolean one = t > 0 && fits[p - 1][t - 1] && (element == '_' || element == text.charAt(t - 1));
				boolean any = element == '%' && (fits[p - 1][t] || (t > 0 && fits[p][t - 1]));
				fits[p][t] = (element == '%') ? any : one;
			}
		}
		return fits[pattern.length()][text.length()];
	}

	private static String random(Random random, String alphabet, int maxLength) {
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(maxLength + 1); i > 0; i--) {
			text.append(alphabet.charAt(random.nextInt(alphabet.length())));
		}
		return text.toString();
	}

}
