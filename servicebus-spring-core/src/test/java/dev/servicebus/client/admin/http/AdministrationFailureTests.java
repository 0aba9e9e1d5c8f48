package dev.servicebus.client.admin.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.client.MessagingEntityAlreadyExistsException;
import dev.servicebus.client.MessagingEntityConflictException;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.client.ServiceBusAuthorizationException;
import dev.servicebus.client.ServiceBusCommunicationException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusQuotaExceededException;
import dev.servicebus.client.ServiceBusServerBusyException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.auth.AccessToken;
import dev.servicebus.client.auth.SharedKeyCredential;
import dev.servicebus.emulator.ServiceBusEmulator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.servicebus.client.admin.http.ScriptedFeed.queueEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What becomes of answers that report a failure, and of answers that never come.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AdministrationFailureTests {

	private static final QueueProperties QUEUE = QueueProperties.of("orders");

	private final AdministrationFixture fixture = new AdministrationFixture();

	private final ScriptedFeed feed = this.fixture.feed;

	private final ServiceBusAdministrationClient admin = this.fixture.admin;

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@ParameterizedTest
	@MethodSource
	void refusalsBecomeTheirExceptionWithoutARetry(int status, String detail,
			Class<? extends ServiceBusException> type) {
		this.feed.fails(status, detail + ". TrackingId:42-a_G1, SystemTracker:x, Timestamp:y");

		ServiceBusException failure = catchThrowableOfType(type, () -> this.admin.queues().create(QUEUE));

		assertThat(failure).isExactlyInstanceOf(type)
			.hasMessageContaining("create on 'orders'")
			.hasMessageContaining("status " + status)
			.hasMessageContaining(detail)
			.hasMessageContaining("42-a_G1");
		assertThat(failure.isTransient()).isFalse();
		assertThat(failure.context().trackingId()).isEqualTo("42-a_G1");
		assertThat(this.feed.requests).hasSize(1);
	}

	static Stream<Arguments> refusalsBecomeTheirExceptionWithoutARetry() {
		return Stream.of(arguments(400, "SubCode=40000. bad LockDuration", ServiceBusException.class),
				arguments(401, "SubCode=40103. invalid signature", ServiceBusAuthenticationException.class),
				arguments(401, "SubCode=40100. 'Manage' claim is required", ServiceBusAuthorizationException.class),
				arguments(403, "SubCode=40301. not now", ServiceBusException.class),
				arguments(403, "SubCode=40300. too many queues", ServiceBusQuotaExceededException.class),
				arguments(404, "SubCode=40402. no namespace", MessagingEntityNotFoundException.class),
				arguments(409, "SubCode=40900. Conflict", MessagingEntityAlreadyExistsException.class),
				arguments(410, "SubCode=41000. gone", MessagingEntityNotFoundException.class),
				arguments(412, "precondition", ServiceBusException.class),
				arguments(307, "elsewhere", ServiceBusException.class));
	}

	@ParameterizedTest
	@MethodSource
	void passingFailuresAreTriedAgain(int status, String detail) {
		this.feed.fails(status, detail).fails(status, detail).answers(200, queueEntry("orders"));
		assertThat(this.admin.queues().update(QUEUE)).isEqualTo(QUEUE);
		assertThat(this.feed.requests).hasSize(3);
	}

	static Stream<Arguments> passingFailuresAreTriedAgain() {
		return Stream.of(arguments(409, "SubCode=40901. Another operation"), arguments(409, "SubCode=40900. Conflict"),
				arguments(429, "slow down"), arguments(500, "SubCode=50000."), arguments(502, "gateway"),
				arguments(503, "SubCode=50004."), arguments(504, "gateway"));
	}

	@Test
	void retriesEndAndTheLastFailureIsReported() {
		for (int i = 0; i < 4; i++) {
			this.feed.fails(503, "SubCode=50004. busy");
		}
		assertThatExceptionOfType(ServiceBusServerBusyException.class)
			.isThrownBy(() -> this.admin.queues().create(QUEUE))
			.withMessageContaining("50004");
		assertThat(this.feed.requests).hasSize(4);
	}

	@Test
	void busyServiceIsGivenTheTimeItAsksFor() {
		this.feed.answers((exchange) -> {
			exchange.getResponseHeaders().set("Retry-After", "77");
			ScriptedFeed.respond(exchange, 503, "");
		}).answers(200, queueEntry("orders"));
		this.admin.queues().get("orders");
		assertThat(this.fixture.alarms.waits).containsExactly(Duration.ofSeconds(77));
	}

	@Test
	void conflictOnUpdateIsNoDuplicate() {
		for (int i = 0; i < 4; i++) {
			this.feed.fails(409, "SubCode=40900. Conflict");
		}
		assertThatExceptionOfType(MessagingEntityConflictException.class)
			.isThrownBy(() -> this.admin.queues().update(QUEUE));
	}

	@Test
	void readIsRepeatedWhenItsAnswerIsLost() {
		this.feed.dies().dies().dies().answers(200, queueEntry("orders"));
		assertThat(this.admin.queues().get("orders")).isEqualTo(QUEUE);
	}

	@Test
	void createThatFindsItsEntityAfterALostAnswerIsUnknown() {
		this.feed.fails(500, "SubCode=50000. fell over").fails(409, "SubCode=40900. Conflict");
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.admin.queues().create(QUEUE))
			.withCauseInstanceOf(MessagingEntityAlreadyExistsException.class);
	}

	@Test
	void deleteThatFindsNothingAfterALostAnswerHasSucceeded() {
		this.feed.fails(504, "gateway").fails(404, "SubCode=40400. gone");
		this.admin.queues().delete("orders");
		assertThat(this.feed.requests).hasSize(2);
	}

	@Test
	void changeWhoseAnswersAreAllLostIsUnknown() {
		for (int i = 0; i < 8; i++) {
			this.feed.dies();
		}
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.admin.queues().update(QUEUE))
			.withCauseInstanceOf(ServiceBusCommunicationException.class);
	}

	@Test
	void serviceThatCannotBeReachedIsNotUnknown() {
		this.feed.close();
		assertThatExceptionOfType(ServiceBusCommunicationException.class)
			.isThrownBy(() -> this.admin.queues().create(QUEUE))
			.withMessageContaining("ConnectException");
		assertThat(this.fixture.alarms.waits).hasSize(3);
	}

	@Test
	void serviceThatIsNotTrustedWasNotSentAnything() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().build().start();
				ServiceBusAdministrationClient client = this.fixture.builder()
					.fullyQualifiedNamespace("localhost")
					.endpoint(URI.create("https://localhost:" + emulator.port()))
					.credential(new SharedKeyCredential("root", "key"))
					.build()) {
			assertThatExceptionOfType(ServiceBusCommunicationException.class)
				.isThrownBy(() -> client.queues().create(QUEUE))
				.withMessageContaining("SSLHandshakeException");
		}
	}

	@Test
	void limitEndsWhatHangsAndSaysWhetherItMayHaveBeenDone() {
		CountDownLatch latch = new CountDownLatch(1);
		this.feed.hangs(latch).hangs(latch);
		CompletableFuture<QueueProperties> read = this.admin.queues().getAsync("orders");
		CompletableFuture<QueueProperties> change = this.admin.queues().updateAsync(QUEUE);
		Awaitility.await().until(() -> this.feed.requests.size() == 2);

		this.fixture.alarms.limits.forEach(Runnable::run);

		assertThat(read).failsWithin(10, TimeUnit.SECONDS)
			.withThrowableThat()
			.withCauseInstanceOf(OperationTimeoutException.class);
		assertThat(change).failsWithin(10, TimeUnit.SECONDS)
			.withThrowableThat()
			.withCauseInstanceOf(UnknownOutcomeException.class);
		latch.countDown();
	}

	@Test
	void limitOfOneCallCanBeChosen() {
		CountDownLatch latch = new CountDownLatch(1);
		this.feed.hangs(latch);
		this.fixture.admin.withTimeout(TestAlarms.LIMIT.plusSeconds(1)).queues().getAsync("orders").cancel(true);
		assertThat(this.fixture.alarms.limits).as("nothing is left of what has ended").isEmpty();
		latch.countDown();
	}

	@Test
	void cancellingEndsTheWaitForAToken() {
		CompletableFuture<AccessToken> token = new CompletableFuture<>();
		try (ServiceBusAdministrationClient client = this.fixture.builder()
			.connectionString(this.feed.connectionString())
			.credential((audience) -> token)
			.build()) {
			CompletableFuture<QueueProperties> queue = client.queues().getAsync("orders");
			assertThat(this.fixture.alarms.limits).as("those of the call and of the token").hasSize(2);

			queue.cancel(true);

			assertThat(this.fixture.alarms.limits).isEmpty();
			assertThat(this.fixture.alarms.waits).as("nothing is tried again").isEmpty();
			assertThat(this.feed.requests).isEmpty();
		}
	}

	@Test
	void cancellingEndsTheRequest() throws InterruptedException {
		CountDownLatch gone = new CountDownLatch(1);
		this.feed.answers((exchange) -> {
			// Slow enough for the body never to reach its limit.
			exchange.sendResponseHeaders(200, 0);
			Awaitility.await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(20)).until(() -> {
				try {
					exchange.getResponseBody().write(' ');
					exchange.getResponseBody().flush();
					return false;
				}
				catch (IOException ex) {
					return true;
				}
			});
			gone.countDown();
		});
		CompletableFuture<Boolean> exists = this.admin.queues().existsAsync("orders");
		Awaitility.await().until(() -> this.feed.requests.size() == 1);

		exists.cancel(true);

		assertThat(gone.await(20, TimeUnit.SECONDS)).as("the connection is gone").isTrue();
		assertThat(this.fixture.alarms.limits).isEmpty();
	}

	@Test
	void closingEndsWhatIsUnderWayAndRefusesWhatComesLater() {
		CountDownLatch latch = new CountDownLatch(1);
		this.feed.hangs(latch);
		CompletableFuture<QueueProperties> queue = this.admin.queues().getAsync("orders");
		Awaitility.await().until(() -> this.feed.requests.size() == 1);

		this.admin.close();

		assertThat(queue).failsWithin(10, TimeUnit.SECONDS)
			.withThrowableThat()
			.withMessageContaining("get on 'orders'")
			.withMessageContaining("closed");
		assertThatExceptionOfType(ServiceBusException.class).isThrownBy(() -> this.admin.queues().get("orders"))
			.withMessageContaining("closed");
		latch.countDown();
	}

	@Test
	void answerThatMakesNoSenseIsNeitherRetriedNorTakenForSuccess() {
		this.feed.answers(200, "<html>welcome</html>").answers(200, "not xml");
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.admin.queues().get("orders"))
			.withMessageContaining("html");
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.admin.queues().get("orders"));
		assertThat(this.feed.requests).hasSize(2);
	}

	@Test
	void answerWithoutEndIsCutOff() {
		this.feed.answers((exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			byte[] block = new byte[1 << 20];
			for (int i = 0; i < 20; i++) {
				exchange.getResponseBody().write(block);
			}
			exchange.close();
		}).answers(200, queueEntry("orders"));
		assertThat(this.admin.queues().get("orders")).as("as good as a lost answer").isEqualTo(QUEUE);
	}

	@Test
	void whatThePeerRepeatsOfOurTokenIsNotShown() {
		this.feed.fails(400, "you sent SharedAccessSignature sr=x&amp;sig=c2VjcmV0&amp;se=1 and Bearer abc.def");
		assertThatExceptionOfType(ServiceBusException.class).isThrownBy(() -> this.admin.queues().get("orders"))
			.withMessageNotContaining("c2VjcmV0")
			.withMessageNotContaining("abc.def")
			.withMessageContaining("sig=***");
	}

	@Test
	void pageOfAProxyIsNotTakenForADetail() {
		this.feed.answers(403, "<html><body>blocked by policy</body></html>");
		assertThatExceptionOfType(ServiceBusException.class).isThrownBy(() -> this.admin.queues().get("orders"))
			.withMessageContaining("403")
			.withMessageContaining("gives no reason");
	}

}
