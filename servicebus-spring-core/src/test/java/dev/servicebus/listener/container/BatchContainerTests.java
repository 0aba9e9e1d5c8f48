package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerInterceptor;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that are handled in batches.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class BatchContainerTests {

	private static final Duration WAIT = Duration.ofSeconds(1);

	private final ContainerFixture fixture = new ContainerFixture()
		.options((options) -> options.batch((batch) -> batch.withSize(3).withMaxWait(WAIT)));

	private final List<List<String>> batches = new ArrayList<>();

	private FakeSource source;

	@Test
	void fullBatchIsHandledAtOnceAndCompleted() {
		start((messages, context) -> {
		});
		publish("1", "2", "3");
		assertThat(this.batches).containsExactly(List.of("1", "2", "3"));
		assertThat(settled()).containsExactly("1 Complete", "2 Complete", "3 Complete");
	}

	@Test
	void batchIsHandledWhenItsFirstMessageHasWaitedLongEnough() {
		start((messages, context) -> {
		});
		publish("1");
		this.fixture.advance(WAIT.minusMillis(1));
		publish("2");
		assertThat(this.batches).isEmpty();
		this.fixture.advance(Duration.ofMillis(1));
		assertThat(this.batches).containsExactly(List.of("1", "2"));
		publish("3");
		this.fixture.advance(WAIT.minusMillis(1));
		assertThat(this.batches).hasSize(1);
		this.fixture.advance(Duration.ofMillis(1));
		assertThat(this.batches).containsExactly(List.of("1", "2"), List.of("3"));
	}

	@Test
	void fullBatchLeavesNoDeadlineToTheNext() {
		start((messages, context) -> {
		});
		publish("1");
		this.fixture.advance(Duration.ofMillis(600));
		publish("2", "3", "4");
		this.fixture.advance(Duration.ofMillis(600));
		assertThat(this.batches).containsExactly(List.of("1", "2", "3"));
		this.fixture.advance(Duration.ofMillis(400));
		assertThat(this.batches).hasSize(2);
	}

	@Test
	void creditIsForTheBatchesThatCanBeHandledAndThePrefetch() {
		this.fixture.options((options) -> options.batch((batch) -> batch.withSize(3)).concurrency(2).prefetch(5));
		start((messages, context) -> {
		});
		assertThat(this.source.demand()).isEqualTo(6);
		assertThat(this.source.options().prefetch()).isEqualTo(5);
	}

	@Test
	void concurrencyCountsBatches() {
		this.fixture.options((options) -> options.concurrency(2).batch((batch) -> batch.withSize(1)));
		List<CompletableFuture<Void>> results = new ArrayList<>();
		start((messages, context) -> {
			results.add(new CompletableFuture<>());
			context.settleAfter(results.get(results.size() - 1));
		});
		publish("1", "2", "3");
		assertThat(this.batches).containsExactly(List.of("1"), List.of("2"));
		results.get(0).complete(null);
		this.fixture.executor.runAll();
		assertThat(this.batches).hasSize(3);
		assertThat(settled()).containsExactly("1 Complete");
	}

	@Test
	void anyFailureIsOneOfEachMessage() {
		start((messages, context) -> {
			throw new IllegalStateException("no database");
		});
		publish("1", "2", "3");
		assertThat(settled()).isEmpty();
		assertThat(this.fixture.monitor.events()).hasSize(3).containsOnly("handlingFailed no database");
		this.fixture.advance(Duration.ofSeconds(1));
		this.fixture.advance(Duration.ofSeconds(2));
		assertThat(this.batches).hasSize(3).containsOnly(List.of("1", "2", "3"));
		assertThat(this.source.dispositions()).hasSize(3)
			.allSatisfy((disposition) -> assertThat(disposition)
				.asInstanceOf(InstanceOfAssertFactories.type(Disposition.DeadLetter.class))
				.extracting(Disposition.DeadLetter::reason, Disposition.DeadLetter::description)
				.containsExactly("java.lang.IllegalStateException", "no database"));
	}

	@Test
	void namedMessageFailsThoseBeforeItAreCompletedAndThoseAfterItComeAgainUncounted() {
		List<Integer> attempts = new ArrayList<>();
		start((messages, context) -> {
			context.messages().forEach((message) -> attempts.add(message.attempt()));
			if (bodies(messages).contains("bad")) {
				throw new BatchListenerFailedException(bodies(messages).indexOf("bad"),
						new IllegalStateException("no stock"));
			}
		});
		publish("1", "bad", "3");
		assertThat(settled()).containsExactly("1 Complete");
		assertThat(this.fixture.monitor.events()).containsExactly("handlingFailed no stock");
		publish("4", "5");
		assertThat(this.batches).containsExactly(List.of("1", "bad", "3"), List.of("3", "4", "5"));
		assertThat(attempts).containsExactly(1, 1, 1, 1, 1, 1);
		attempts.clear();
		this.fixture.advance(Duration.ofSeconds(2));
		assertThat(this.batches).hasSize(3).last().isEqualTo(List.of("bad"));
		assertThat(attempts).containsExactly(2);
	}

	@Test
	void messageThatTheListenerReportsFailsAlone() {
		start((messages, context) -> {
			if (messages.size() == 3) {
				context.fail(1, new IllegalStateException("no stock"));
			}
		});
		publish("1", "2", "3");
		assertThat(settled()).containsExactly("1 Complete", "3 Complete");
		this.fixture.advance(Duration.ofSeconds(2));
		assertThat(settled()).containsExactly("1 Complete", "3 Complete", "2 Complete");
	}

	@Test
	void eachMessageCanBeSettledByTheListener() {
		start((messages, context) -> {
			context.settlement().get(1).defer();
			context.settlement().get(2).deadLetter("rejected", "by hand");
			context.settlement().complete();
		});
		publish("1", "2", "3");
		assertThat(settled()).containsExactly("2 Defer", "3 DeadLetter", "1 Complete");
	}

	@Test
	void manualSettlementIsLeftToTheListener() {
		this.fixture.options((options) -> options.settlement(SettlementMode.MANUAL)
			.batch((batch) -> batch.withSize(2).withMaxWait(WAIT)));
		start((messages, context) -> context.settlement().get(0).complete());
		publish("1", "2");
		assertThat(settled()).containsExactly("1 Complete");
	}

	@Test
	void messageWithoutLockIsNotHandled() {
		start((messages, context) -> {
		});
		ServiceBusReceivedMessage lost = FakeClient.message("lost");
		this.source.publish(lost);
		publish("1");
		this.source.loseLock(lost);
		this.fixture.advance(WAIT);
		assertThat(this.batches).containsExactly(List.of("1"));
	}

	@Test
	void failedFutureNamesItsMessage() {
		CompletableFuture<Void> result = new CompletableFuture<>();
		start((messages, context) -> context.settleAfter(result));
		publish("1", "2", "3");
		assertThat(settled()).isEmpty();
		result.completeExceptionally(new BatchListenerFailedException(2, new IllegalStateException("no stock")));
		assertThat(settled()).containsExactly("1 Complete", "2 Complete");
	}

	@Test
	void eachMessagePassesTheInterceptors() {
		List<String> ended = new ArrayList<>();
		this.fixture.interceptors(ListenerInterceptor.of((message) -> !message.bodyAsString().equals("skipped")),
				new ListenerInterceptor() {

					@Override
					public void after(ServiceBusReceivedMessage message, ListenerContext context, Throwable error) {
						ended.add(message.bodyAsString() + " " + error);
					}

				});
		start((messages, context) -> context.fail(0, new IllegalStateException("no stock")));
		publish("1", "skipped", "3");
		assertThat(this.batches).containsExactly(List.of("1", "3"));
		assertThat(settled()).containsExactly("skipped Complete", "3 Complete");
		assertThat(ended).containsExactly("1 java.lang.IllegalStateException: no stock", "3 null");
	}

	@Test
	void stopGivesBackWhatHasNotBegun() {
		ServiceBusListenerContainer container = this.fixture.container(recording((messages, context) -> {
		}));
		container.start();
		this.source = this.fixture.client.source();
		publish("1", "2");
		container.stop(() -> this.batches.add(List.of("stopped")));
		this.fixture.advance(WAIT);
		assertThat(settled()).containsExactlyInAnyOrder("1 Release", "2 Release");
		assertThat(this.batches).containsExactly(List.of("stopped"));
	}

	@Test
	void stopHandlesWhatWasDeletedOnDelivery() {
		this.fixture.options((options) -> options.settlement(SettlementMode.RECEIVE_AND_DELETE)
			.batch((batch) -> batch.withSize(3).withMaxWait(WAIT)));
		ServiceBusListenerContainer container = this.fixture.container(recording((messages, context) -> {
		}));
		container.start();
		this.source = this.fixture.client.source();
		publish("1", "2");
		container.stop(() -> this.batches.add(List.of("stopped")));
		this.fixture.executor.runAll();
		assertThat(this.batches).containsExactly(List.of("1", "2"), List.of("stopped"));
	}

	@Test
	void batchListenerHandlesOneMessageAsABatch() throws Exception {
		BatchMessageListener listener = (messages, context) -> context.fail(0, new IllegalStateException("one"));
		this.source = this.fixture.start((message, context) -> listener.onMessage(message, context));
		this.fixture.handle("1");
		assertThat(this.fixture.monitor.events()).containsExactly("handlingFailed one");
	}

	private void start(BatchMessageListener listener) {
		this.source = this.fixture.start(recording(listener));
	}

	private BatchMessageListener recording(BatchMessageListener listener) {
		return (List<ServiceBusReceivedMessage> messages, BatchContext context) -> {
			this.batches.add(bodies(messages));
			listener.onBatch(messages, context);
		};
	}

	private void publish(String... bodies) {
		for (String body : bodies) {
			this.fixture.handle(body);
		}
	}

	private List<String> settled() {
		return this.source.settled()
			.stream()
			.map((settled) -> settled.message().bodyAsString() + " " + settled.disposition().getClass().getSimpleName())
			.toList();
	}

	private static List<String> bodies(List<ServiceBusReceivedMessage> messages) {
		return messages.stream().map(ServiceBusReceivedMessage::bodyAsString).toList();
	}

}
