package dev.servicebus.client.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.apache.qpid.protonj2.test.driver.codec.messaging.Rejected;
import org.apache.qpid.protonj2.test.driver.codec.transport.ErrorCondition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The outcomes on a link: sections 5.2, 5.4 and 5.5 of the protocol. All but release ask
 * for a confirmation, so they are not settled when they are sent.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SettlementFrameTests {

	@AutoClose
	private final ScriptedService service = ScriptedService.start();

	private final ServiceBusReceiver receiver = this.service.client.receiver(ReceiverOptions.queue("orders"));

	@BeforeEach
	void fill() {
		this.service.script.holds("orders", Messages.minimal());
	}

	@Test
	void completeIsAccepted() {
		this.receiver.complete(receive());

		assertDisposition("""
				accepted
				""");
	}

	@Test
	void abandonIsModified() {
		this.receiver.abandon(receive());

		assertDisposition("""
				modified
				""");
	}

	@Test
	void abandonWithPropertiesCarriesThemAsAnnotations() {
		this.receiver.abandon(receive(), Map.of("attempt", 2));

		assertDisposition("""
				modified
				    message-annotations: map
				      attempt: int 2
				""");
	}

	@Test
	void propertiesHaveTheTypesThatApplicationPropertiesHave() {
		this.receiver.abandon(receive(), Map.of("after", Duration.ofSeconds(1), "at",
				OffsetDateTime.parse("1970-01-01T01:00:00+01:00"), "since", Instant.EPOCH));

		assertDisposition("""
				modified
				    message-annotations: map
				      after: described com.microsoft:timespan long 10000000
				      at: described com.microsoft:datetime-offset long 621355968000000000
				      since: timestamp 1970-01-01T00:00:00Z
				""");
	}

	@Test
	void propertyWithoutATypeIsRefusedBeforeAnythingIsSent() {
		ServiceBusReceivedMessage message = receive();

		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.receiver.abandon(message, Map.of("list", List.of(1))))
			.withMessageContaining("'list'");
		assertThat(this.service.dispositions()).isEmpty();
		this.receiver.complete(message);
	}

	@Test
	void deferIsModifiedAndNotToBeDeliveredHere() {
		this.receiver.defer(receive());

		assertDisposition("""
				modified
				    undeliverable-here: true
				""");
	}

	@Test
	void deferWithPropertiesCarriesThemAsAnnotations() {
		this.receiver.defer(receive(), Map.of("attempt", 2));

		assertDisposition("""
				modified
				    undeliverable-here: true
				    message-annotations: map
				      attempt: int 2
				""");
	}

	@Test
	void deadLetterIsRejectedWithReasonAndDescriptionInTheInfo() {
		this.receiver.settle(receive(), new Disposition.DeadLetter("bad", "no such customer", Map.of("attempt", 2)));

		assertDisposition("""
				rejected
				    error: error-condition
				      condition: com.microsoft:dead-letter
				      info: map
				        DeadLetterErrorDescription: "no such customer"
				        DeadLetterReason: "bad"
				        attempt: int 2
				""");
	}

	@Test
	void deadLetterWithoutAReasonHasTheConditionAlone() {
		this.receiver.settle(receive(), new Disposition.DeadLetter(null, null, Map.of()));

		assertDisposition("""
				rejected
				    error: error-condition
				      condition: com.microsoft:dead-letter
				      info: map
				""");
	}

	@Test
	void releaseIsReleased() {
		this.receiver.settle(receive(), new Disposition.Release());

		assertDisposition("""
				released
				""");
	}

	@Test
	void messageInReceiveAndDeleteIsNotSettledOnTheLink() {
		try (ServiceBusReceiver deleting = this.service.client
			.receiver(ReceiverOptions.queue("orders").withReceiveMode(ReceiveMode.RECEIVE_AND_DELETE))) {
			assertThat(deleting.receive(1)).singleElement()
				.satisfies((message) -> assertThat(message.lockToken()).isNull());
		}

		assertThat(this.service.dispositions()).isEmpty();
	}

	@Test
	void rejectionWithAnErrorIsAFailureAlsoOfDeadLetter() {
		ServiceBusReceivedMessage message = receive();
		this.service.script.settlementsEndIn(
				new Rejected().setError(new ErrorCondition("com.microsoft:message-lock-lost", "too late")));

		assertThatExceptionOfType(MessageLockLostException.class)
			.isThrownBy(() -> this.receiver.settle(message, new Disposition.DeadLetter("bad", null, Map.of())))
			.withMessageContaining("too late");
	}

	private ServiceBusReceivedMessage receive() {
		return this.receiver.receive(1).get(0);
	}

	private void assertDisposition(String state) {
		assertThat(this.service.disposition()).isEqualTo("""
				disposition
				  role: receiver
				  first: uint 0
				  last: uint 0
				  state: %s""".formatted(state));
	}

}
