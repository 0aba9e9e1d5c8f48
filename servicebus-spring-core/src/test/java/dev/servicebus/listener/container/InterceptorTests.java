package dev.servicebus.listener.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.listener.Interception;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerInterceptor;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class InterceptorTests {

	private final ContainerFixture fixture = new ContainerFixture();

	private final List<String> calls = new ArrayList<>();

	@Test
	void interceptorsStandAroundTheListenerInTheirOrder() {
		start(new Noting("outer"), new Noting("inner"));
		this.fixture.handle("a");
		assertThat(this.calls).containsExactly("outer before a", "inner before a", "handled a", "inner after a null",
				"outer after a null");
		assertThat(this.fixture.client.source().dispositions()).containsExactly(new Disposition.Complete());
	}

	@Test
	void messageCanBeReplacedAndTheReceivedOneIsSettled() {
		start(new Noting("first") {
			@Override
			public Interception before(ServiceBusReceivedMessage message, ListenerContext context) {
				return Interception.proceed(FakeClient.message("other"));
			}
		});
		ServiceBusReceivedMessage received = FakeClient.message("a");
		this.fixture.client.source().publish(received);
		this.fixture.executor.runAll();
		assertThat(this.calls).containsExactly("handled other", "first after other null");
		assertThat(this.fixture.client.source().settled().get(0).message()).isSameAs(received);
	}

	@Test
	void replacedMessageSettlesTheReceivedOne() {
		this.fixture.options((options) -> options.settlement(SettlementMode.MANUAL)).interceptors(new Noting("first") {
			@Override
			public Interception before(ServiceBusReceivedMessage message, ListenerContext context) {
				return Interception.proceed(FakeClient.message("other"));
			}
		}).start((message, context) -> message.deadLetterAsync("no", "not mine", Map.of()));
		this.fixture.handle("a");
		assertThat(this.fixture.client.source().settled()).singleElement().satisfies((settled) -> {
			assertThat(settled.message().bodyAsString()).isEqualTo("a");
			assertThat(settled.disposition()).isInstanceOf(Disposition.DeadLetter.class);
		});
	}

	@Test
	void messageCanBeSkippedWithAnOutcome() {
		start(new Noting("outer"), new Noting("gate") {
			@Override
			public Interception before(ServiceBusReceivedMessage message, ListenerContext context) {
				super.before(message, context);
				return Interception.skip(Outcome.deadLetter("unwanted", "by the gate"));
			}
		}, new Noting("never"));
		this.fixture.handle("a");
		assertThat(this.calls).containsExactly("outer before a", "gate before a", "gate after a null",
				"outer after a null");
		assertThat(this.fixture.client.source().dispositions()).singleElement()
			.isInstanceOf(Disposition.DeadLetter.class);
		assertThat(this.fixture.monitor.events()).singleElement().asString().startsWith("skipped DeadLetter");
	}

	@Test
	void filterCompletesWhatItDoesNotAccept() {
		start(ListenerInterceptor.of((message) -> message.bodyAsString().equals("good")));
		this.fixture.handle("bad");
		this.fixture.handle("good");
		assertThat(this.calls).containsExactly("handled good");
		assertThat(this.fixture.client.source().dispositions()).containsExactly(new Disposition.Complete(),
				new Disposition.Complete());
		assertThat(this.fixture.monitor.events()).containsExactly("skipped Complete[]");
	}

	@Test
	void interceptorThatThrowsFailsTheHandling() {
		start(new Noting("outer"), new Noting("broken") {
			@Override
			public Interception before(ServiceBusReceivedMessage message, ListenerContext context) {
				throw new IllegalStateException("not today");
			}
		});
		this.fixture.handle("a");
		assertThat(this.calls).containsExactly("outer before a", "outer after a not today");
		assertThat(this.fixture.monitor.events()).containsExactly("handlingFailed not today");
		this.fixture.advance(ContainerFixture.RETRY.delay());
		assertThat(this.calls).hasSize(4);
	}

	@Test
	void interceptorThatThrowsAfterwardsChangesNothing() {
		start(new Noting("outer"), new Noting("broken") {
			@Override
			public void after(ServiceBusReceivedMessage message, ListenerContext context, @Nullable Throwable error) {
				throw new AssertionError("not today");
			}
		});
		this.fixture.handle("a");
		assertThat(this.calls).containsExactly("outer before a", "broken before a", "handled a", "outer after a null");
		assertThat(this.fixture.client.source().dispositions()).containsExactly(new Disposition.Complete());
	}

	@Test
	void interceptorsHearOfTheEndOfWorkThatGoesOnAfterTheReturn() {
		CompletableFuture<Void> end = new CompletableFuture<>();
		this.fixture.interceptors(new Noting("outer")).start((message, context) -> context.settleAfter(end));
		this.fixture.handle("a");
		assertThat(this.calls).containsExactly("outer before a");
		end.completeExceptionally(new IllegalStateException("late"));
		assertThat(this.calls).containsExactly("outer before a", "outer after a late");
	}

	private void start(ListenerInterceptor... interceptors) {
		this.fixture.interceptors(interceptors)
			.start((message, context) -> this.calls.add("handled " + message.bodyAsString()));
	}

	private class Noting implements ListenerInterceptor {

		private final String name;

		Noting(String name) {
			this.name = name;
		}

		@Override
		public Interception before(ServiceBusReceivedMessage message, ListenerContext context) {
			InterceptorTests.this.calls.add(this.name + " before " + message.bodyAsString());
			return Interception.proceed(message);
		}

		@Override
		public void after(ServiceBusReceivedMessage message, ListenerContext context, @Nullable Throwable error) {
			InterceptorTests.this.calls.add(this.name + " after " + message.bodyAsString() + " "
					+ ((error != null) ? error.getMessage() : null));
		}

	}

}
