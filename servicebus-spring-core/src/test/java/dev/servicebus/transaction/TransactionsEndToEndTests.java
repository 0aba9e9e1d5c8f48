package dev.servicebus.transaction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ListenerDefinition;
import dev.servicebus.listener.container.ListenerThreads;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.ServiceBusTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is sent and how messages are settled happens as a whole or not at all.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TransactionsEndToEndTests {

	private static final Duration WAIT = Duration.ofSeconds(10);

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder()
		.queue("orders")
		.queue("invoices")
		.queue("carts", EntityOptions.builder().requiresSession(true).build())
		.build()
		.start();

	private final ServiceBusClient client = ServiceBusClient.builder()
		.connectionString(this.emulator.connectionString())
		.build();

	private final ServiceBusTemplate template = new ServiceBusTemplate(this.client,
			ServiceBusMessageConverter.simple());

	private final ListenerThreads threads = ListenerThreads.platform();

	private @Nullable ServiceBusListenerContainer container;

	@AfterEach
	void close() {
		if (this.container != null) {
			this.container.stop();
		}
		this.threads.close();
		this.template.close();
		this.client.close();
		this.emulator.close();
	}

	@Test
	void whatTheTemplateDoesInATransactionIsDoneAsAWhole() {
		this.template.send("orders", "order");
		String result = this.template.executeInTransaction((operations) -> {
			operations.receive("orders", String.class, WAIT);
			operations.send("invoices", "one");
			operations.sendAll("invoices", List.of("two", "three"));
			assertThat(this.emulator.queue("invoices").messages()).isEmpty();
			return "done";
		});
		assertThat(result).isEqualTo("done");
		assertThat(this.emulator.queue("invoices").messages()).hasSize(3);
		assertThat(this.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void whatTheTemplateDidIsUndoneWhenItsWorkThrows() {
		assertThatIllegalStateException().isThrownBy(() -> this.template.executeInTransaction((operations) -> {
			operations.send("invoices", "one");
			throw new IllegalStateException("no");
		}));
		this.template.send("invoices", "outside");
		assertThat(this.template.peek("invoices", 10)).extracting(ServiceBusReceivedMessage::bodyAsString)
			.containsExactly("outside");
	}

	@Test
	void methodsOfSpringTakePart() {
		TransactionTemplate transactions = new TransactionTemplate(new ServiceBusTransactionManager(this.client));
		transactions.executeWithoutResult((status) -> this.template.send("invoices", "one"));
		transactions.executeWithoutResult((status) -> {
			this.template.send("invoices", "two");
			status.setRollbackOnly();
		});
		assertThatIllegalStateException().isThrownBy(() -> transactions.executeWithoutResult((status) -> {
			this.template.send("invoices", "three");
			throw new IllegalStateException("no");
		}));
		assertThat(this.template.peek("invoices", 10)).extracting(ServiceBusReceivedMessage::bodyAsString)
			.containsExactly("one");
	}

	@Test
	void innerTransactionIsIndependentIfItIsNew() {
		ServiceBusTransactionManager manager = new ServiceBusTransactionManager(this.client);
		TransactionTemplate outer = new TransactionTemplate(manager);
		TransactionTemplate inner = new TransactionTemplate(manager);
		inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		TransactionTemplate none = new TransactionTemplate(manager);
		none.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
		outer.executeWithoutResult((status) -> {
			this.template.send("invoices", "outer");
			inner.executeWithoutResult((innerStatus) -> this.template.send("invoices", "inner"));
			none.executeWithoutResult((noStatus) -> this.template.send("invoices", "none"));
			this.template.send("invoices", "outer again");
			status.setRollbackOnly();
		});
		assertThat(this.template.peek("invoices", 10)).extracting(ServiceBusReceivedMessage::bodyAsString)
			.containsExactly("inner", "none");
	}

	@Test
	void listenerSendsAndCompletesAsAWhole() {
		listen("orders", (message, context) -> {
			this.template.send("invoices", "for " + message.bodyAsString());
			assertThat(this.emulator.queue("invoices").messages()).isEmpty();
		});
		this.template.send("orders", "order");
		awaitMessages("orders", 0);
		assertThat(this.template.peek("invoices", 10)).extracting(ServiceBusReceivedMessage::bodyAsString)
			.containsExactly("for order");
	}

	@Test
	void listenerThatFailsHasSentNothingAndIsCalledAgain() {
		AtomicInteger attempts = new AtomicInteger();
		listen("orders", (message, context) -> {
			this.template.send("invoices", "attempt " + context.attempt());
			if (attempts.incrementAndGet() < 3) {
				throw new IllegalStateException("not yet");
			}
		});
		this.template.send("orders", "order");
		awaitMessages("orders", 0);
		assertThat(this.template.peek("invoices", 10)).extracting(ServiceBusReceivedMessage::bodyAsString)
			.containsExactly("attempt 3");
	}

	@Test
	void messageThatFailsForGoodIsDeadLetteredAndNothingIsSent() {
		listen("orders", (message, context) -> {
			this.template.send("invoices", "attempt " + context.attempt());
			throw new IllegalStateException("never");
		});
		this.template.send("orders", "order");
		Awaitility.await().until(() -> this.emulator.queue("orders").deadLetters().size() == 1);
		assertThat(this.emulator.queue("invoices").messages()).isEmpty();
	}

	@Test
	void settlementOfTheListenerIsPartOfTheTransaction() {
		AtomicInteger attempts = new AtomicInteger();
		listen("orders", (message, context) -> {
			this.template.send("invoices", "attempt " + context.attempt());
			context.settlement().deadLetter("unpayable", "why").join();
			assertThat(context.settlement().isSettled()).isTrue();
			if (attempts.incrementAndGet() == 1) {
				throw new IllegalStateException("not yet");
			}
		});
		this.template.send("orders", "order");
		Awaitility.await().until(() -> this.emulator.queue("orders").deadLetters().size() == 1);
		assertThat(attempts).hasValue(2);
		assertThat(this.template.peek("orders/$DeadLetterQueue", 1).get(0).deadLetterReason()).isEqualTo("unpayable");
		assertThat(this.template.peek("invoices", 10)).extracting(ServiceBusReceivedMessage::bodyAsString)
			.containsExactly("attempt 2");
	}

	@Test
	void listenerOfSessionsHasTransactions() {
		listen("carts", (message, context) -> {
			this.template.send("invoices", message.bodyAsString());
			context.session().state(message.bodyAsBytes());
		}, (options) -> options.sessions((sessions) -> sessions.withEnabled(true)));
		for (int i = 0; i < 3; i++) {
			this.template.to("carts").body("item " + i).sessionId("7").send();
		}
		awaitMessages("carts", 0);
		assertThat(this.template.peek("invoices", 10)).extracting(ServiceBusReceivedMessage::bodyAsString)
			.containsExactly("item 0", "item 1", "item 2");
		this.container.stop();
		assertThat(this.template.getSessionState("carts", "7", String.class)).isEqualTo("item 2");
	}

	@Test
	void rolledBackMessageHoldsUpThoseBehindItInItsSession() {
		List<String> handled = Collections.synchronizedList(new ArrayList<>());
		listen("carts", (message, context) -> {
			handled.add(message.bodyAsString() + context.attempt());
			context.settlement().complete().join();
			if (context.attempt() == 1) {
				throw new IllegalStateException("not yet");
			}
		}, (options) -> options.prefetch(5).sessions((sessions) -> sessions.withEnabled(true)));
		for (String body : List.of("a", "b", "c")) {
			this.template.to("carts").body(body).sessionId("7").send();
		}
		awaitMessages("carts", 0);
		assertThat(handled).containsExactly("a1", "a2", "b1", "b2", "c1", "c2");
	}

	@Test
	void sessionThatIsLostWithinATransactionBeginsAgain() {
		List<String> handled = Collections.synchronizedList(new ArrayList<>());
		listen("carts", (message, context) -> {
			handled.add(message.bodyAsString() + context.attempt());
			context.settlement().complete().join();
			if (handled.size() == 1) {
				this.emulator.faults().dropConnections();
			}
		}, (options) -> options.prefetch(5).sessions((sessions) -> sessions.withEnabled(true)));
		for (String body : List.of("a", "b", "c")) {
			this.template.to("carts").body(body).sessionId("7").send();
		}
		awaitMessages("carts", 0);
		assertThat(handled).containsExactly("a1", "a1", "b1", "c1");
	}

	@Test
	void futureOfATransactionalListenerIsRefused() {
		listen("orders", (message, context) -> context.settleAfter(new CompletableFuture<>()));
		this.template.send("orders", "order");
		Awaitility.await().until(() -> this.emulator.queue("orders").deadLetters().size() == 1);
		assertThat(this.template.peek("orders/$DeadLetterQueue", 1).get(0).deadLetterErrorDescription())
			.contains("must not return a future");
	}

	@Test
	void optionsThatContradictEachOtherAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ListenerOptions.builder().transactional(true).settlement(SettlementMode.MANUAL).build())
			.withMessageContaining("transactional");
	}

	private void awaitMessages(String queue, int number) {
		Awaitility.await().until(() -> this.emulator.queue(queue).messages().size() == number);
	}

	private void listen(String queue, MessageListener listener) {
		listen(queue, listener, UnaryOperator.identity());
	}

	private void listen(String queue, MessageListener listener, UnaryOperator<ListenerOptions.Builder> options) {
		RetryOptions retry = RetryOptions.builder().maxAttempts(3).delay(Duration.ofMillis(1)).build();
		ListenerOptions built = options.apply(ListenerOptions.builder().transactional(true).retry(retry)).build();
		ServiceBusListenerContainer started = new ServiceBusListenerContainer(
				new ListenerDefinition("orders", ListenerTarget.queue(queue), listener, ErrorHandler.PROPOSED, built),
				new ContainerServices(this.client, this.threads.executor(), this.threads.scheduler(), new Random(),
						new ListenerMonitor() {
						}));
		started.start();
		this.container = started;
	}

}
