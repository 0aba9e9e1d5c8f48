package dev.servicebus.boot.autoconfigure.listener;

import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Batches in a transaction, in an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BatchTransactionFeaturesTests {

	private final ListenerApplication application = ListenerApplication.of(Billing.class)
		.with("servicebus.cross-entity-transactions=true", "servicebus.listener.batch.size=3",
				"servicebus.listener.batch.max-wait=1s", "servicebus.listener.retry.max-attempts=1");

	@Test
	void batchAndWhatItSendsAreCommittedTogether() {
		this.application.run((application) -> {
			application.send("orders", "a", "b", "c");
			assertThat(application.nextCall()).as("orders, invoices before the commit").containsExactly(3, 0);
			application.awaitCompleted("orders");
			assertThat(invoices(application)).containsExactly("for a", "for b", "for c");
		});
	}

	@Test
	void messageThatFailsUndoesThoseBeforeItWhichComeAgain() {
		this.application.run((application) -> {
			application.send("orders", "a", "fails", "c");
			assertThat(application.deadLetter("orders").bodyAsString()).isEqualTo("fails");
			application.awaitMessages("orders", 0);
			assertThat(invoices(application)).containsExactly("for a", "for c");
		});
	}

	@Test
	void reportedMessageIsLeftOutOfTheTransaction() {
		this.application.run((application) -> {
			application.send("orders", "a", "reported", "c");
			assertThat(application.deadLetter("orders").bodyAsString()).isEqualTo("reported");
			application.awaitMessages("orders", 0);
			assertThat(invoices(application)).containsExactly("for a", "for c");
		});
	}

	private static List<String> invoices(RunningApplication application) {
		return application.messages("invoices").stream().map(StoredMessage::bodyAsString).toList();
	}

	record Billing(Calls calls, ServiceBusTemplate template, ServiceBusEmulator emulator) {

		@ServiceBusListener(queue = "orders", transactional = "true")
		void bill(List<String> orders, BatchContext batch) {
			for (String order : orders) {
				int index = orders.indexOf(order);
				switch (order) {
					case "fails" -> throw new BatchListenerFailedException(index, new IllegalStateException("no"));
					case "reported" -> batch.fail(index, new IllegalStateException("no"));
					default -> this.template.send("invoices", "for " + order);
				}
			}
			this.calls.add(held("orders"), held("invoices"));
		}

		private int held(String queue) {
			return this.emulator.queues().contains(queue) ? this.emulator.queue(queue).messages().size() : 0;
		}

	}

}
