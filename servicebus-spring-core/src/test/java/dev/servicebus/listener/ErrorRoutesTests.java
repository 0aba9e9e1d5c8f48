package dev.servicebus.listener;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.listener.support.FakeClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ErrorRoutesTests {

	private static final Outcome LATER = Outcome.retryAfter(Duration.ofMinutes(5));

	private final ErrorRoutes routes = ErrorHandler.byType()
		.on(IOException.class, LATER)
		.on(FileNotFoundException.class, Outcome.deadLetter("gone", "no such file"))
		.on(IllegalStateException.class, (failure) -> Outcome.reply(failure.error().getMessage()));

	@Test
	void routeOfTheTypeDecides() {
		assertThat(decide(new IOException())).isEqualTo(LATER);
		assertThat(decide(new IllegalStateException("closed"))).isEqualTo(Outcome.reply("closed"));
	}

	@Test
	void mostSpecialRouteDecides() {
		assertThat(decide(new FileNotFoundException())).isEqualTo(Outcome.deadLetter("gone", "no such file"));
	}

	@Test
	void causeNearestToTheErrorDecides() {
		assertThat(decide(new RuntimeException(new IOException(new FileNotFoundException())))).isEqualTo(LATER);
	}

	@Test
	void proposalStandsWhereNoRouteIsTaken() {
		assertThat(decide(new RuntimeException())).isEqualTo(Outcome.abandon());
		assertThat(ErrorHandler.byType().handle(failure(new IOException()))).isEqualTo(Outcome.abandon());
	}

	@Test
	void othersAreDecidedByWhomIsNamed() {
		assertThat(this.routes.otherwise((failure) -> Outcome.defer()).handle(failure(new RuntimeException())))
			.isEqualTo(Outcome.defer());
		assertThat(decide(new RuntimeException())).as("the original").isEqualTo(Outcome.abandon());
	}

	@Test
	void chainThatLeadsBackIntoItselfEnds() {
		RuntimeException first = new RuntimeException();
		first.initCause(new RuntimeException(first));
		assertThat(decide(first)).isEqualTo(Outcome.abandon());
	}

	@Test
	void oneTypeHasOneRoute() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.routes.on(IOException.class, LATER))
			.withMessageContaining("java.io.IOException");
	}

	private Outcome decide(Throwable error) {
		return this.routes.handle(failure(error));
	}

	private static ListenerFailure failure(Throwable error) {
		return new ListenerFailure("orders", FakeClient.message("order"), error, 1, Outcome.abandon());
	}

}
