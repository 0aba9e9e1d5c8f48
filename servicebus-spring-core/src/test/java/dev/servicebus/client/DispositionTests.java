package dev.servicebus.client;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a settlement can set on a message.
 */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class DispositionTests {

	private static final Map<String, Object> UMLAUT = Map.of("größe", 1);

	@Test
	void nameOutsideAsciiIsRefusedBeforeItIsMangled() {
		assertRefused(() -> new Disposition.Abandon(UMLAUT));
		assertRefused(() -> new Disposition.Defer(UMLAUT));
		assertRefused(() -> new Disposition.DeadLetter("reason", null, UMLAUT));
		assertRefused(() -> DeadLetterOptions.of("reason", null).withPropertiesToModify(UMLAUT));
	}

	@Test
	void otherNamesAndAllValuesAreTaken() {
		Map<String, Object> properties = Map.of("size", "groß", "a b~", 2L, "", true);
		assertThat(new Disposition.Abandon(properties).propertiesToModify()).isEqualTo(properties);
	}

	private static void assertRefused(Runnable creation) {
		assertThatIllegalArgumentException().isThrownBy(creation::run)
			.withMessageContaining("'größe'")
			.withMessageContaining("ASCII");
	}

}
