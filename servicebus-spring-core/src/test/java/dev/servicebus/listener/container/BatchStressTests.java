package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Batches on real threads, with failures of one or all of their messages, lost locks and
 * a stop in the middle: every message ends in exactly one way.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BatchStressTests {

	private static final int CONCURRENCY = 6;

	private final StressRun run = new StressRun();

	@RepeatedTest(5)
	void everyMessageEndsInExactlyOneWay() throws Exception {
		ListenerOptions options = ListenerOptions.builder()
			.concurrency(CONCURRENCY)
			.prefetch(20)
			.batch((batch) -> batch.withSize(7).withMaxWait(Duration.ofMillis(2)))
			.retry(RetryOptions.builder().maxAttempts(3).delay(Duration.ofMillis(1)).build())
			.build();
		BatchMessageListener listener = (messages, batch) -> this.run.call(() -> handle(messages, batch));
		this.run.run(new ListenerDefinition("orders", ListenerTarget.queue("orders"), listener, ErrorHandler.PROPOSED,
				options), CONCURRENCY);
	}

	private void handle(List<ServiceBusReceivedMessage> messages, BatchContext batch) {
		for (int index = 0; index < messages.size(); index++) {
			handle(messages.get(index), batch, index);
		}
	}

	private void handle(ServiceBusReceivedMessage message, BatchContext batch, int index) {
		switch (message.bodyAsString()) {
			case "0" -> throw new BatchListenerFailedException(index, new IllegalStateException("always"));
			case "1" -> {
				if (batch.messages().get(index).attempt() == 1) {
					throw new IllegalStateException("once");
				}
			}
			case "2" -> this.run.loseLock(message);
			case "3" -> batch.settlement().get(index).defer();
			case "4" -> batch.settleAfter(CompletableFuture.runAsync(Thread::yield));
			case "5" -> batch.fail(index, new IllegalStateException("reported"));
			default -> Thread.yield();
		}
	}

}
