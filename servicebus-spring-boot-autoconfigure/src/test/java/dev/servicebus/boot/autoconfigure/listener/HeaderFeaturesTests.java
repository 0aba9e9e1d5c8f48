package dev.servicebus.boot.autoconfigure.listener;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.converter.ServiceBusHeaderAccessor;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.message.ServiceBusMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How methods of listeners get the headers of a message, in an application with the
 * emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HeaderFeaturesTests {

	private static final UUID ID = new UUID(1, 2);

	private static final OffsetDateTime NOON = OffsetDateTime.of(2030, 1, 1, 12, 0, 0, 0, ZoneOffset.UTC);

	private final ListenerApplication application = ListenerApplication.of(Listeners.class);

	@Test
	void headersAreConvertedAndOptional() {
		this.application.run((application) -> {
			application.to("converted").subject("created").header("number", "42").header("size", 7).body("x").send();
			assertThat(application.nextCall()).containsExactly("created", 42, 7L, null, "created");
			application.awaitCompleted("converted");
		});
	}

	@Test
	void headerThatIsMissingOrOfTheWrongTypeIsDeadLettered() {
		this.application.run((application) -> {
			application.to("converted").subject("no number").body("x").send();
			assertThat(application.deadLetter("converted").deadLetterErrorDescription()).contains("'number'");
			application.to("converted").subject("no number").header("number", "many").body("x").send();
			assertThat(application.deadLetters("converted", 2)).last()
				.satisfies((message) -> assertThat(message.deadLetterErrorDescription()).contains("many"));
		});
	}

	@Test
	void headersKeepTheirTypes() {
		this.application.run((application) -> {
			application.to("typed").headers(headers(NOON.toInstant(), Duration.ofMinutes(5), ID)).body("x").send();
			assertThat(application.nextCall()).containsExactly(NOON.toInstant(), NOON, Duration.ofMinutes(5), ID,
					Size.LARGE);
		});
	}

	@Test
	void headersThatWereSentAsTextAreConverted() {
		this.application.run((application) -> {
			ServiceBusMessage message = ServiceBusMessage.builder()
				.body("x")
				.applicationProperties(headers(NOON.toString(), "PT5M", ID.toString()))
				.build();
			application.template().send("typed", message);
			assertThat(application.nextCall()).containsExactly(NOON.toInstant(), NOON, Duration.ofMinutes(5), ID,
					Size.LARGE);
		});
	}

	@Test
	void allHeadersComeAsOneObject() {
		this.application.run((application) -> {
			application.to("all").messageId("7").header("colour", "red").body("x").send();
			assertThat(application.nextCall()).containsExactly("red", "7");
		});
	}

	@Test
	void headersOfTheBrokerAreReadThroughAnAccessor() {
		this.application.run((application) -> {
			Instant before = application.emulator().clock().instant().minusMillis(1);
			application.to("accessor")
				.messageId("7")
				.subject("created")
				.correlationId("6")
				.timeToLive(Duration.ofHours(1))
				.header("colour", "red")
				.body("x")
				.send();
			assertThat(application.nextCall()).startsWith("7", "created", "6", Duration.ofHours(1), "red", 0L, 1L)
				.last()
				.satisfies((enqueued) -> assertThat(((OffsetDateTime) enqueued).toInstant()).isBetween(before,
						application.emulator().clock().instant()));
		});
	}

	private static Map<String, Object> headers(Object when, Object length, Object id) {
		return Map.of("when", when, "length", length, "id-of-order", id, "size", "LARGE");
	}

	record Listeners(Calls calls) {

		@ServiceBusListener(queue = "converted")
		void converted(@Header(ServiceBusHeaders.SUBJECT) String subject, @Header int number, @Header("size") Long size,
				@Header(name = "missing", required = false) String missing, @Headers Map<String, Object> all) {
			this.calls.add(subject, number, size, missing, all.get(ServiceBusHeaders.SUBJECT));
		}

		@ServiceBusListener(queue = "typed")
		void typed(@Header Instant when, @Header("when") OffsetDateTime time, @Header Duration length,
				@Header("id-of-order") UUID id, @Header Size size) {
			this.calls.add(when, time, length, id, size);
		}

		@ServiceBusListener(queue = "all")
		void all(MessageHeaders headers) {
			this.calls.add(headers.get("colour"), headers.get(ServiceBusHeaders.MESSAGE_ID));
		}

		@ServiceBusListener(queue = "accessor")
		void accessor(ServiceBusHeaderAccessor headers) {
			this.calls.add(headers.messageId(), headers.subject(), headers.correlationId(), headers.timeToLive(),
					headers.getHeader("colour"), headers.deliveryCount(), headers.sequenceNumber(),
					headers.enqueuedTime());
		}

	}

	enum Size {

		SMALL, LARGE

	}

}
