package dev.servicebus.emulator.rule;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class SystemPropertyTests {

	@ParameterizedTest
	@EnumSource
	void isFoundByItsNameInAnyCase(SystemProperty property) {
		assertThat(SystemProperty.find(property.text())).isEqualTo(property);
		assertThat(SystemProperty.find(property.text().toUpperCase(Locale.ROOT))).isEqualTo(property);
		assertThat(SqlFilter.parse("EXISTS(sys." + property.text() + ")").matches(new TestSubject())).isFalse();
	}

	@Test
	void subjectMeansLabel() {
		assertThat(SystemProperty.find("subject")).isEqualTo(SystemProperty.LABEL);
	}

	@Test
	void otherNamesAreUnknown() {
		assertThat(SystemProperty.find("color")).isNull();
		assertThat(SystemProperty.find("")).isNull();
	}

}
