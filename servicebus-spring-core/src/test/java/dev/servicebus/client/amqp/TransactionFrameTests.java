package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What transactions look like on the wire: sections 7.1 and 7.2 of the protocol.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TransactionFrameTests {

	private final Logger frames = (Logger) LoggerFactory.getLogger("dev.servicebus.amqp.frames");

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private final SimulatedService service = SimulatedService.withQueue(1, "orders");

	@BeforeEach
	void listen() {
		this.frames.setLevel(Level.TRACE);
		this.frames.setAdditive(false);
		this.lines.start();
		this.frames.addAppender(this.lines);
	}

	@AfterEach
	void restore() {
		this.frames.detachAppender(this.lines);
		this.frames.setLevel(null);
		this.frames.setAdditive(true);
		this.service.close();
	}

	@Test
	void transactionIsDeclaredOnALinkOfItsOwnSession() {
		this.service.send("orders", "1");
		this.lines.list.clear();
		this.service.await(this.service.client.beginTransactionAsync());

		assertThat(received("Begin")).hasSize(1);
		assertThat(received("Attach")).singleElement()
			.asString()
			.contains("role=SENDER", "sndSettleMode=UNSETTLED",
					"target=Coordinator{capabilities=[amqp:local-transactions]}");
		assertThat(received("Transfer")).singleElement().asString().contains("settled=false", "messageFormat=0");
		assertThat(received("Disposition")).isEmpty();
	}

	@Test
	void allWorkCarriesTheTransactionAndTheDischargeDoesNot() {
		this.service.send("orders", "1");
		ServiceBusReceiver receiver = this.service.client.receiver(ReceiverOptions.queue("orders"));
		ServiceBusReceivedMessage message = this.service.await(receiver.receiveAsync(1, Duration.ofSeconds(1))).get(0);
		ServiceBusTransaction transaction = this.service.await(this.service.client.beginTransactionAsync());
		ServiceBusSender sender = this.service.client.sender("orders").inTransaction(transaction);
		this.lines.list.clear();
		this.service.await(sender.sendAsync(ServiceBusMessage.of("2")));
		this.service.await(receiver.settleAsync(message, new Disposition.Complete(), transaction));
		this.service.await(sender.scheduleAsync(ServiceBusMessage.of("3"), inAnHour()));
		this.service.await(transaction.commitAsync());

		List<String> transfers = received("Transfer").stream()
			.filter((line) -> line.contains("settled=false"))
			.toList();
		assertThat(transfers).hasSize(3);
		assertThat(transfers.subList(0, 2)).as("send, schedule")
			.allMatch((line) -> line.contains("state=TransactionalState{") && line.contains("outcome=null"));
		assertThat(transfers.get(2)).as("discharge").contains("state=null");
		assertThat(received("Disposition")).filteredOn((line) -> line.contains("settled=false"))
			.singleElement()
			.asString()
			.contains("role=RECEIVER", "state=TransactionalState{", "outcome=Accepted{}");
	}

	private OffsetDateTime inAnHour() {
		return this.service.network.time().clock().instant().atOffset(ZoneOffset.UTC).plusHours(1);
	}

	/**
	 * The frames of a kind that the broker has got; both sides write to the same log.
	 */
	private List<String> received(String performative) {
		return this.lines.list.stream()
			.map(ILoggingEvent::getFormattedMessage)
			.filter((line) -> line.contains(" <- " + performative + "{") && !line.startsWith(clientConnection()))
			.toList();
	}

	/**
	 * The client says the first word in each of these tests.
	 */
	private String clientConnection() {
		String first = this.lines.list.get(0).getFormattedMessage();
		return first.substring(0, first.indexOf(':'));
	}

}
