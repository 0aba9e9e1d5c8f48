package dev.servicebus.boot.autoconfigure.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a message that could not be handled is tried again, in virtual time.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ErrorTimingTests {

	private final VirtualTime time = new VirtualTime();

	private final ListenerApplication application = this.time.application()
		.change((runner) -> runner.withBean(Orders.class, () -> new Orders(this.time)));

	@Test
	void failedMessageIsTriedAgainWithGrowingDelayAndHoldsUpNoOther() {
		this.application.with("servicebus.listener.retry.max-attempts=4", "servicebus.listener.retry.jitter=0")
			.run((application) -> {
				Orders orders = application.bean(Orders.class);
				orders.failure = new IllegalStateException("no stock");
				this.time.send(application, "orders", "bad", "good");
				assertThat(orders.calls).containsExactly("bad 1", "good 1");
				this.time.advance(Duration.ofSeconds(10));
				assertThat(orders.calls).containsExactly("bad 1", "good 1", "bad 2", "bad 3", "bad 4");
				assertThat(orders.pauses()).containsExactly(1L, 2L, 4L);
				assertThat(application.deadLetter("orders").deadLetterErrorDescription()).isEqualTo("no stock");
				assertThat(application.messages("orders")).isEmpty();
			});
	}

	@Test
	void onlyWhatIsListedIsTriedAgainAndSoIsWhatItHasCaused() {
		this.application.with("servicebus.listener.retry.retryable=java.io.IOException").run((application) -> {
			Orders orders = application.bean(Orders.class);
			orders.failure = new UncheckedIOException(new IOException("line is busy"));
			this.time.send(application, "orders", "bad");
			this.time.advance(Duration.ofMinutes(1));
			assertThat(orders.calls).containsExactly("bad 1", "bad 2", "bad 3", "bad 4");
			orders.calls.clear();
			orders.failure = new IllegalStateException("no stock");
			this.time.send(application, "orders", "bad");
			this.time.advance(Duration.ofMinutes(1));
			assertThat(orders.calls).containsExactly("bad 1");
			assertThat(application.deadLetters("orders", 2)).extracting(StoredMessage::deadLetterErrorDescription)
				.contains("no stock");
		});
	}

	@Test
	void typeOfTheExceptionIsTheWayOfTheMessage() {
		this.application.with(Routes.class).run((application) -> {
			Orders orders = application.bean(Orders.class);
			orders.failure = new IllegalArgumentException("no such fruit");
			this.time.send(application, "orders", "bad");
			assertThat(application.deadLetter("orders").deadLetterReason()).isEqualTo("declined");
			orders.failure = new UncheckedIOException(new IOException("line is busy"));
			this.time.send(application, "orders", "bad");
			this.time.advance(Duration.ofMinutes(4));
			assertThat(orders.calls).containsExactly("bad 1", "bad 1");
			this.time.advance(Duration.ofMinutes(2));
			assertThat(orders.calls).containsExactly("bad 1", "bad 1", "bad 2");
		});
	}

	static class Orders {

		final List<String> calls = new ArrayList<>();

		private final List<Instant> failures = new ArrayList<>();

		private final VirtualTime time;

		RuntimeException failure;

		Orders(VirtualTime time) {
			this.time = time;
		}

		@ServiceBusListener(queue = "orders")
		void handle(String order, ListenerContext context) {
			this.calls.add(order + " " + context.attempt());
			if (order.equals("bad")) {
				this.failures.add(this.time.now());
				throw this.failure;
			}
		}

		/** How many seconds there were between two failures. */
		List<Long> pauses() {
			List<Long> pauses = new ArrayList<>();
			for (int i = 1; i < this.failures.size(); i++) {
				Duration pause = Duration.between(this.failures.get(i - 1), this.failures.get(i));
				pauses.add(Math.round(pause.toMillis() / 1000.0));
			}
			return pauses;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		ErrorHandler routes() {
			return ErrorHandler.byType()
				.on(IllegalArgumentException.class, Outcome.deadLetter("declined", "by the shop"))
				.on(IOException.class, Outcome.retryAfter(Duration.ofMinutes(5)));
		}

	}

}
