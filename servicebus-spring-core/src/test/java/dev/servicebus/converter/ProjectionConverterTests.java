package dev.servicebus.converter;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.web.JsonPath;
import org.springframework.data.web.ProjectedPayload;
import org.springframework.messaging.converter.MessageConversionException;
import tools.jackson.databind.json.JsonMapper;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Interfaces through which listeners see the parts of a document that they need.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ProjectionConverterTests {

	private final ServiceBusMessageConverter converter = ServiceBusMessageConverter
		.of(JsonPayloads.converter(JsonMapper.builder().build()));

	@Test
	void gettersReadTheirParts() {
		Summary summary = this.converter.fromServiceBusMessage(received("""
				{"id":"7","date":"2030-01-02","customer":{"name":"Ada","city":"London"},
				 "lines":[{"article":"apple","count":2},{"article":"pear","count":3}]}
				"""), Summary.class);
		assertThat(summary.getId()).isEqualTo("7");
		assertThat(summary.getDate()).isEqualTo(LocalDate.of(2030, 1, 2));
		assertThat(summary.city()).isEqualTo("London");
		assertThat(summary.getCustomer().getName()).isEqualTo("Ada");
		assertThat(summary.lines()).containsExactly(new Line("apple", 2), new Line("pear", 3));
	}

	@Test
	void valueThatIsAMapIsShownToo() {
		ServiceBusMessage message = ServiceBusMessage.builder().value(Map.of("id", "7")).build();
		assertThat(this.converter.fromServiceBusMessage(ServiceBusReceivedMessage.of(message, null), Summary.class)
			.getId()).isEqualTo("7");
	}

	@Test
	void otherInterfacesAreNotProjected() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.converter.fromServiceBusMessage(received("{\"id\":\"7\"}"), Plain.class));
	}

	@Test
	void bodyThatIsNoJsonIsAConversionFailure() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.converter.fromServiceBusMessage(received("{"), Summary.class));
	}

	private static ServiceBusReceivedMessage received(String body) {
		return ServiceBusReceivedMessage.of(ServiceBusMessage.of(body), null);
	}

	@ProjectedPayload
	interface Summary {

		String getId();

		LocalDate getDate();

		Customer getCustomer();

		@JsonPath("$.customer.city")
		String city();

		@JsonPath("$.lines")
		List<Line> lines();

	}

	@ProjectedPayload
	interface Customer {

		String getName();

	}

	interface Plain {

		String getId();

	}

	record Line(String article, int count) {

	}

}
