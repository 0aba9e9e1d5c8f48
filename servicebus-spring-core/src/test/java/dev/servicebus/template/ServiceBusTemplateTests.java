package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.converter.JsonPayloads;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.springframework.messaging.converter.MessageConversionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ServiceBusTemplateTests {

	private static final OffsetDateTime TIME = OffsetDateTime.parse("2030-01-02T03:04:05Z");

	private static final Duration WAIT = Duration.ofSeconds(1);

	private final FakeEntities entities = new FakeEntities();

	private final ServiceBusMessageConverter converter = ServiceBusMessageConverter
		.of(JsonPayloads.converter(JsonMapper.builder().build()));

	private final ServiceBusTemplate template = new ServiceBusTemplate(this.entities, this.converter,
			TemplateOptions.builder().defaultDestination("orders").build());

	@Test
	void payloadIsSentAsJson() {
		this.template.send("orders", new Order("a", 2));
		ServiceBusMessage message = this.entities.queue("orders").remove();
		assertThat(message.bodyAsString()).isEqualTo("{\"id\":\"a\",\"count\":2}");
		assertThat(message.contentType()).isEqualTo("application/json");
	}

	@Test
	void headersAreSent() {
		this.template.send("orders", "x", Map.of(ServiceBusHeaders.SUBJECT, "created", "region", "eu"));
		ServiceBusMessage message = this.entities.queue("orders").remove();
		assertThat(message.subject()).isEqualTo("created");
		assertThat(message.applicationProperties()).isEqualTo(Map.of("region", "eu"));
	}

	@Test
	void messagesWithoutDestinationGoToTheDefaultOne() {
		this.template.send("one");
		this.template.message().body("two").send();
		assertThat(this.entities.queue("orders")).extracting(ServiceBusMessage::bodyAsString)
			.containsExactly("one", "two");
	}

	@Test
	void missingDefaultDestinationIsNamed() {
		ServiceBusTemplate without = new ServiceBusTemplate(this.entities, this.converter);
		assertThatIllegalStateException().isThrownBy(() -> without.send("x"))
			.withMessageContaining("servicebus.template.default-destination");
	}

	@Test
	void futureCompletesWhenTheMessageIsSent() {
		assertThat(this.template.sendAsync("orders", "x")).isCompleted();
		assertThat(this.entities.queue("orders")).hasSize(1);
	}

	@Test
	void fluentMessageSetsEverything() {
		this.template.to("orders")
			.body(new Order("a", 2))
			.messageId("m")
			.sessionId("s")
			.partitionKey("s")
			.correlationId("c")
			.subject("created")
			.contentType("application/vnd.order+json")
			.replyTo("answers")
			.timeToLive(Duration.ofMinutes(1))
			.header("region", "eu")
			.headers(Map.of("size", 3))
			.customize((message) -> message.to("somewhere"))
			.send();
		ServiceBusMessage message = this.entities.queue("orders").remove();
		assertThat(message.messageId()).isEqualTo("m");
		assertThat(message.sessionId()).isEqualTo("s");
		assertThat(message.partitionKey()).isEqualTo("s");
		assertThat(message.correlationId()).isEqualTo("c");
		assertThat(message.subject()).isEqualTo("created");
		assertThat(message.contentType()).isEqualTo("application/vnd.order+json");
		assertThat(message.replyTo()).isEqualTo("answers");
		assertThat(message.timeToLive()).isEqualTo(Duration.ofMinutes(1));
		assertThat(message.to()).isEqualTo("somewhere");
		assertThat(message.applicationProperties()).isEqualTo(Map.of("region", "eu", "size", 3));
	}

	@Test
	void fluentMessageMayHaveNoBody() {
		this.template.to("orders").subject("ping").sendAsync().join();
		ServiceBusMessage message = this.entities.queue("orders").remove();
		assertThat(message.bodyAsBytes()).isEmpty();
		assertThat(message.contentType()).isNull();
	}

	@Test
	void messagesAreScheduledAndCancelled() {
		assertThat(this.template.schedule("orders", "one", TIME)).isEqualTo(new ScheduledMessage("orders", 1));
		assertThat(this.template.to("orders").body("two").schedule(TIME)).isEqualTo(new ScheduledMessage("orders", 2));
		assertThat(this.template.to("orders").body("three").scheduleAsync(TIME))
			.isCompletedWithValue(new ScheduledMessage("orders", 3));
		this.template.cancel(new ScheduledMessage("orders", 2));
		assertThat(this.entities.scheduled).containsExactly("orders one " + TIME, "orders two " + TIME,
				"orders three " + TIME, "orders cancel [2]");
	}

	@Test
	void receivedMessageIsConvertedAndCompleted() {
		this.template.send("orders", new Order("a", 2));
		assertThat(this.template.receive("orders", Order.class, WAIT)).isEqualTo(new Order("a", 2));
		assertThat(this.entities.settled).containsExactly(new Disposition.Complete());
		assertThat(this.template.receive("orders", Order.class, WAIT)).isNull();
	}

	@Test
	void receivedMessageCanBeTakenAsItIs() {
		this.template.send("orders", "x");
		assertThat(this.template.receive("orders", ServiceBusReceivedMessage.class, WAIT).bodyAsString())
			.isEqualTo("x");
	}

	@Test
	void receivedMessageThatCannotBeConvertedIsDeadLettered() {
		this.template.send("orders", "{");
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.template.receive("orders", Order.class, WAIT));
		assertThat(this.entities.settled).singleElement()
			.isInstanceOfSatisfying(Disposition.DeadLetter.class, (deadLetter) -> assertThat(deadLetter.reason())
				.isEqualTo(MessageConversionException.class.getName()));
	}

	@Test
	void peekLeavesMessagesWhereTheyAre() {
		this.template.send("orders", "one");
		this.template.send("orders", "two");
		assertThat(this.template.peek("orders", 1)).extracting(ServiceBusReceivedMessage::bodyAsString)
			.containsExactly("one");
		assertThat(this.entities.queue("orders")).hasSize(2);
	}

	@Test
	void receiversAreKeptAndClosedWithTheTemplate() {
		this.template.peek("orders", 1);
		this.template.receive("orders", String.class, WAIT);
		this.template.peek("orders/$DeadLetterQueue", 1);
		assertThat(this.entities.receivers).containsExactly("orders", "orders/$DeadLetterQueue");
		this.template.close();
		this.template.close();
		assertThat(this.entities.closed).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource({ "orders, orders, , NONE", "a/b/orders, a/b/orders, , NONE",
			"orders/$deadLetterQueue, orders, , DEAD_LETTER",
			"orders/$Transfer/$DeadLetterQueue, orders, , TRANSFER_DEAD_LETTER",
			"events/Subscriptions/audit, events, audit, NONE",
			"events/subscriptions/audit/$DeadLetterQueue, events, audit, DEAD_LETTER" })
	void addressesAreRead(String path, String entity, String subscription, String subQueue) {
		ReceiverOptions options = ReceiverAddress.parse(path);
		assertThat(options.entity()).isEqualTo(entity);
		assertThat(options.subscription()).isEqualTo(subscription);
		assertThat(options.subQueue()).hasToString(subQueue);
	}

	record Order(String id, int count) {

	}

}
