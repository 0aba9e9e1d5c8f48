package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Real threads, random failures, lost locks and a stop in the middle: every message ends
 * in exactly one way.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ContainerStressTests {

	private static final int CONCURRENCY = 6;

	private final StressRun run = new StressRun();

	@RepeatedTest(5)
	void everyMessageEndsInExactlyOneWay() throws Exception {
		ListenerOptions options = ListenerOptions.builder()
			.concurrency(CONCURRENCY)
			.prefetch(20)
			.retry(RetryOptions.builder().maxAttempts(3).delay(Duration.ofMillis(1)).build())
			.build();
		MessageListener listener = (message, context) -> this.run.call(() -> handle(message, context));
		this.run.run(new ListenerDefinition("orders", ListenerTarget.queue("orders"), listener, ErrorHandler.PROPOSED,
				options), CONCURRENCY);
	}

	private void handle(ServiceBusReceivedMessage message, ListenerContext context) {
		switch (message.bodyAsString()) {
			case "0" -> throw new IllegalStateException("always");
			case "1" -> {
				if (context.attempt() == 1) {
					throw new IllegalStateException("once");
				}
			}
			case "2" -> this.run.loseLock(message);
			case "3" -> context.settlement().defer();
			case "4" -> context.settleAfter(CompletableFuture.runAsync(Thread::yield));
			default -> Thread.yield();
		}
	}

}
