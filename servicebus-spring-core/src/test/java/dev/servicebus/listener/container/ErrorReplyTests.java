package dev.servicebus.listener.container;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.listener.DeadLetterRecoverer;
import dev.servicebus.listener.Interception;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.ListenerInterceptor;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Error handlers that answer the messages of their listeners.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ErrorReplyTests {

	private static final Disposition COMPLETE = new Disposition.Complete();

	private final ContainerFixture fixture = new ContainerFixture()
		.options((options) -> options.retry((retry) -> retry.mutate().maxAttempts(1).build()))
		.errorHandler((failure) -> Outcome.reply("sorry: " + failure.error().getMessage()));

	private final List<Object> replies = new ArrayList<>();

	private final CompletableFuture<Void> sent = new CompletableFuture<>();

	@Test
	void messageIsCompletedOnceTheBrokerHasTheAnswer() {
		FakeSource source = this.fixture.start(new Answering());
		this.fixture.handle("order");
		assertThat(this.replies).containsExactly("sorry: no stock");
		assertThat(source.settled()).isEmpty();
		this.sent.complete(null);
		assertThat(source.dispositions()).containsExactly(COMPLETE);
		assertThat(this.fixture.monitor.events()).containsExactly("handlingFailed no stock");
	}

	@Test
	void answerThatCannotBeSentIsReportedAndTheMessageGoesItsUsualWay() {
		FakeSource source = this.fixture.start(new Answering());
		this.fixture.handle("order");
		this.sent.completeExceptionally(new IllegalStateException("no such queue"));
		this.fixture.executor.runAll();
		assertThat(source.dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
		assertThat(this.fixture.monitor.events()).containsExactly("handlingFailed no stock",
				"handlingFailed no such queue");
	}

	@Test
	void deadLetterHandlerThatAnswersInVainIsNotAskedAgain() {
		List<Throwable> recovered = new ArrayList<>();
		FakeSource source = this.fixture.start(new Recovering(recovered));
		this.fixture.handle("order");
		this.sent.completeExceptionally(new IllegalStateException("no such queue"));
		this.fixture.executor.runAll();
		assertThat(recovered).hasSize(1);
		assertThat(source.dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
	}

	@Test
	void listenerThatCannotAnswerGoesTheUsualWay() {
		FakeSource source = this.fixture.start((message, context) -> {
			throw new IllegalStateException("no stock");
		});
		this.fixture.handle("order");
		assertThat(source.dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
		assertThat(this.fixture.monitor.events()).hasSize(2)
			.last()
			.asString()
			.startsWith("handlingFailed Listener 'orders' cannot answer messages");
	}

	@Test
	void lockThatIsLostInTheMeantimeIsReported() {
		FakeSource source = this.fixture.start(new Answering() {

			@Override
			public CompletionStage<Void> reply(ServiceBusReceivedMessage message, Object value,
					ListenerContext context) {
				ErrorReplyTests.this.fixture.client.source().loseLock(message);
				return super.reply(message, value, context);
			}

		});
		this.fixture.handle("order");
		this.sent.completeExceptionally(new IllegalStateException("no such queue"));
		this.fixture.executor.runAll();
		assertThat(source.settled()).isEmpty();
		assertThat(this.fixture.monitor.events()).containsExactly("handlingFailed no stock", "lockLost",
				"resultDiscarded");
	}

	@Test
	void interceptorMayAnswerInsteadOfTheListener() {
		FakeSource source = this.fixture.interceptors(new ListenerInterceptor() {

			@Override
			public Interception before(ServiceBusReceivedMessage message, ListenerContext context) {
				return Interception.skip(Outcome.reply("known"));
			}

		}).start(new Answering());
		this.fixture.handle("order");
		this.sent.complete(null);
		assertThat(this.replies).containsExactly("known");
		assertThat(source.dispositions()).containsExactly(COMPLETE);
	}

	private class Answering implements MessageListener {

		@Override
		public void onMessage(ServiceBusReceivedMessage message, ListenerContext context) {
			throw new IllegalStateException("no stock");
		}

		@Override
		public CompletionStage<Void> reply(ServiceBusReceivedMessage message, Object value, ListenerContext context) {
			ErrorReplyTests.this.replies.add(value);
			return ErrorReplyTests.this.sent;
		}

	}

	private final class Recovering extends Answering implements DeadLetterRecoverer {

		private final List<Throwable> recovered;

		Recovering(List<Throwable> recovered) {
			this.recovered = recovered;
		}

		@Override
		public Outcome recover(ListenerFailure failure, Outcome.DeadLetter outcome, ListenerContext context) {
			this.recovered.add(failure.error());
			return Outcome.reply("given up");
		}

	}

}
