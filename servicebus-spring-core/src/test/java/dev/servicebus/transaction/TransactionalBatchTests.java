package dev.servicebus.transaction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.SessionCannotBeLockedException;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ListenerDefinition;
import dev.servicebus.listener.container.ListenerThreads;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.ServiceBusTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a listener sends and what becomes of all messages of its batch is done as a whole.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TransactionalBatchTests {

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

	private final List<String> batches = Collections.synchronizedList(new ArrayList<>());

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
	void batchAndWhatItSendsAreCommittedTogether() {
		send("orders", "a", "b", "c");
		listen("orders", (messages, context) -> {
			messages.forEach((message) -> this.template.send("invoices", "for " + message.bodyAsString()));
			assertThat(this.emulator.queue("invoices").messages()).isEmpty();
			assertThat(this.emulator.queue("orders").messages()).hasSize(3);
		});
		awaitMessages("orders", 0);
		assertThat(invoices()).containsExactly("for a", "for b", "for c");
	}

	@Test
	void batchThatFailsHasSentNothingAndComesAgain() {
		send("orders", "a", "b", "c");
		listen("orders", (messages, context) -> {
			this.template.send("invoices", "attempt " + this.batches.size());
			if (this.batches.size() == 1) {
				throw new IllegalStateException("not yet");
			}
		});
		awaitMessages("orders", 0);
		assertThat(this.batches).containsExactly("a b c 1", "a b c 2");
		assertThat(invoices()).containsExactly("attempt 2");
	}

	@Test
	void messageThatFailsUndoesThoseBeforeItWhichComeAgainUncounted() {
		send("orders", "a", "bad", "c");
		listen("orders", (messages, context) -> {
			for (int index = 0; index < messages.size(); index++) {
				this.template.send("invoices", "for " + messages.get(index).bodyAsString());
				if (messages.get(index).bodyAsString().equals("bad")) {
					throw new BatchListenerFailedException(index, new IllegalStateException("not ever"));
				}
			}
		}, (options) -> options.retry((retry) -> retry.mutate().maxAttempts(1).build()));
		awaitMessages("orders", 0);
		assertThat(this.batches).containsExactly("a bad c 1", "a c 1");
		assertThat(invoices()).containsExactly("for a", "for c");
		assertThat(deadLetters("orders")).containsExactly("bad");
	}

	@Test
	void reportedMessageIsLeftOutOfTheTransaction() {
		send("orders", "a", "bad", "c");
		listen("orders", (messages, context) -> {
			this.template.send("invoices", "for " + messages.size());
			for (int index = 0; index < messages.size(); index++) {
				if (messages.get(index).bodyAsString().equals("bad")) {
					context.fail(index, new IllegalStateException("not ever"));
				}
			}
		}, (options) -> options.retry((retry) -> retry.mutate().maxAttempts(1).build()));
		awaitMessages("orders", 0);
		assertThat(this.batches).containsExactly("a bad c 1");
		assertThat(invoices()).containsExactly("for 3");
		assertThat(deadLetters("orders")).containsExactly("bad");
	}

	@Test
	void settlementOfSingleMessagesIsPartOfTheTransaction() {
		send("orders", "a", "b", "c");
		listen("orders", (messages, context) -> {
			String body = List.of("a", "b").get(this.batches.size() - 1);
			int index = messages.stream().map(ServiceBusReceivedMessage::bodyAsString).toList().indexOf(body);
			context.settlement().get(index).deadLetter("unpayable", "why").join();
			assertThat(context.settlement().get(index).isSettled()).isTrue();
			if (this.batches.size() == 1) {
				throw new IllegalStateException("not yet");
			}
		});
		awaitMessages("orders", 0);
		assertThat(this.batches).hasSize(2);
		assertThat(deadLetters("orders")).containsExactly("b");
	}

	@Test
	void futureIsRefused() {
		send("orders", "a", "b", "c");
		listen("orders", (messages, context) -> context.settleAfter(new CompletableFuture<>()),
				(options) -> options.retry((retry) -> retry.mutate().maxAttempts(1).build()));
		Awaitility.await().until(() -> this.emulator.queue("orders").deadLetters().size() == 3);
		assertThat(this.emulator.queue("orders").deadLetters().get(0).deadLetterErrorDescription())
			.contains("must not return a future");
	}

	@Test
	void batchOfASessionKeepsItsOrderAndItsState() {
		listen("carts", (messages, context) -> {
			messages.forEach((message) -> this.template.send("invoices", message.bodyAsString()));
			context.settlement().get(0).complete().join();
			context.messages().get(0).session().state(messages.get(messages.size() - 1).bodyAsBytes());
			if (this.batches.size() == 2) {
				throw new IllegalStateException("not yet");
			}
		}, (options) -> options.sessions((sessions) -> sessions.withEnabled(true)));
		for (String body : List.of("a", "b", "c", "d", "e", "f", "g", "h", "i")) {
			this.template.to("carts").body(body).sessionId("7").send();
		}
		awaitMessages("carts", 0);
		assertThat(this.batches).containsExactly("a b c 1", "d e f 1", "d e f 2", "g h i 1");
		assertThat(invoices()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i");
		this.container.stop();
		Awaitility.await()
			.ignoreException(SessionCannotBeLockedException.class)
			.untilAsserted(() -> assertThat(this.template.getSessionState("carts", "7", String.class)).isEqualTo("i"));
	}

	private void send(String queue, String... bodies) {
		this.template.sendAll(queue, List.of(bodies));
	}

	private List<String> invoices() {
		return this.template.peek("invoices", 10).stream().map(ServiceBusReceivedMessage::bodyAsString).toList();
	}

	private List<String> deadLetters(String queue) {
		return this.emulator.queue(queue).deadLetters().stream().map(StoredMessage::bodyAsString).toList();
	}

	private void awaitMessages(String queue, int number) {
		Awaitility.await().until(() -> this.emulator.queue(queue).messages().size() == number);
	}

	private void listen(String queue, BatchMessageListener listener) {
		listen(queue, listener, UnaryOperator.identity());
	}

	private void listen(String queue, BatchMessageListener listener, UnaryOperator<ListenerOptions.Builder> options) {
		BatchMessageListener recording = (messages, context) -> {
			StringBuilder text = new StringBuilder();
			messages.forEach((message) -> text.append(message.bodyAsString()).append(' '));
			this.batches.add(text.append(context.messages().get(0).attempt()).toString());
			listener.onBatch(messages, context);
		};
		RetryOptions retry = RetryOptions.builder().maxAttempts(3).delay(Duration.ofMillis(1)).jitter(0).build();
		ListenerOptions.Builder base = ListenerOptions.builder()
			.transactional(true)
			.batch((batch) -> batch.withSize(3).withMaxWait(Duration.ofSeconds(1)))
			.retry(retry);
		ServiceBusListenerContainer started = new ServiceBusListenerContainer(
				new ListenerDefinition("orders", ListenerTarget.queue(queue), recording, ErrorHandler.PROPOSED,
						options.apply(base).build()),
				new ContainerServices(this.client, this.threads.executor(), this.threads.scheduler(), new Random(),
						new ListenerMonitor() {
						}));
		started.start();
		this.container = started;
	}

}
