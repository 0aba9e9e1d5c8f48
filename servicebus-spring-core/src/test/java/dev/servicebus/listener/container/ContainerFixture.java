package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.listener.BackPressure;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerInterceptor;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.listener.support.ManualExecutor;
import dev.servicebus.listener.support.RecordingMonitor;
import dev.servicebus.listener.support.VirtualTime;

/**
 * A container on a fake client, in virtual time.
 */
final class ContainerFixture {

	static final RetryOptions RETRY = RetryOptions.builder()
		.maxAttempts(3)
		.delay(Duration.ofSeconds(1))
		.jitter(0)
		.build();

	final FakeClient client = new FakeClient();

	final ManualExecutor executor = new ManualExecutor();

	final VirtualTime time = new VirtualTime();

	final RecordingMonitor monitor = new RecordingMonitor();

	private UnaryOperator<ListenerOptions.Builder> options = UnaryOperator.identity();

	private ErrorHandler errorHandler = ErrorHandler.PROPOSED;

	private List<ListenerInterceptor> interceptors = List.of();

	private BackPressure backPressure = BackPressure.NONE;

	ContainerFixture options(UnaryOperator<ListenerOptions.Builder> newOptions) {
		this.options = newOptions;
		return this;
	}

	ContainerFixture errorHandler(ErrorHandler newErrorHandler) {
		this.errorHandler = newErrorHandler;
		return this;
	}

	ContainerFixture interceptors(ListenerInterceptor... newInterceptors) {
		this.interceptors = List.of(newInterceptors);
		return this;
	}

	ContainerFixture backPressure(BackPressure newBackPressure) {
		this.backPressure = newBackPressure;
		return this;
	}

	ServiceBusListenerContainer container(MessageListener listener) {
		return container(listener, this.executor);
	}

	ServiceBusListenerContainer container(MessageListener listener, Executor threads) {
		ListenerOptions built = this.options.apply(ListenerOptions.builder().retry(RETRY).stuckAfter(Duration.ZERO))
			.build();
		return new ServiceBusListenerContainer(
				new ListenerDefinition("orders", ListenerTarget.queue("orders"), listener, this.errorHandler, built),
				new ContainerServices(this.client, threads, this.time, RandomGenerator.getDefault(), this.monitor)
					.withInterceptors(this.interceptors)
					.withBackPressure(this.backPressure));
	}

	/** Starts a container and returns what it receives from. */
	FakeSource start(MessageListener listener) {
		container(listener).start();
		return this.client.source();
	}

	/** A message arrives and is handled. */
	void handle(String body) {
		this.client.source().publish(FakeClient.message(body));
		this.executor.runAll();
	}

	/** The same, but for what a dead letter tells about its failure. */
	static Disposition withoutProperties(Disposition disposition) {
		return (disposition instanceof Disposition.DeadLetter deadLetter)
				? new Disposition.DeadLetter(deadLetter.reason(), deadLetter.description(), Map.of()) : disposition;
	}

	/** Time passes, and what became due is handled. */
	void advance(Duration duration) {
		this.time.advance(duration);
		this.executor.runAll();
	}

}
