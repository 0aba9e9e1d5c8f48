package dev.servicebus.client.amqp;

import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.message.ServiceBusMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FrameLoggingTests {

	private final Logger frames = (Logger) LoggerFactory.getLogger("dev.servicebus.amqp.frames");

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

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
	}

	@Test
	void everyFrameIsWrittenWithoutSecretsAndContents() {
		try (SimulatedService service = SimulatedService.of(1, ServiceBusEmulator.builder().queue("orders"))) {
			service.send("orders", "CANARY-BODY");
		}
		assertThat(text()).contains("Open{", "Begin{", "Attach{", "$cbs", "Transfer{", "Flow{", "Disposition{",
				"Close{");
		assertThat(text()).doesNotContain("CANARY", "SAS_KEY_VALUE", "sig=", "SharedAccessSignature");
	}

	@Test
	void applicationIdStandsBeforeTheUserAgent() {
		try (SimulatedService service = SimulatedService.withQueue(2, "orders");
				ServiceBusClient client = ServiceBusClient.builder()
					.connectionString(service.emulator.connectionString())
					.network(service.network)
					.executor(Runnable::run)
					.applicationId("shop")
					.build()) {
			service.await(client.sender("orders").sendAsync(ServiceBusMessage.of("1")));
		}
		assertThat(text()).contains("user-agent=shop servicebus-spring");
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		this.lines.list.forEach((line) -> text.append(line.getFormattedMessage()).append('\n'));
		return text.toString();
	}

}
