package dev.servicebus.client.admin.http;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.auth.AccessToken;
import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.servicebus.client.admin.http.ScriptedFeed.feed;
import static dev.servicebus.client.admin.http.ScriptedFeed.queueEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is sent, and how answers that report success are understood.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AdministrationRequestTests {

	private final AdministrationFixture fixture = new AdministrationFixture();

	private final ScriptedFeed feed = this.fixture.feed;

	private final ServiceBusAdministrationClient admin = this.fixture.admin;

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void createPutsAnEntryWithASignatureForTheEntity() {
		this.feed.answers(201, queueEntry("orders"));

		QueueProperties created = this.admin.queues().create(QueueProperties.of("orders"));

		assertThat(created).isEqualTo(QueueProperties.of("orders"));
		ScriptedFeed.Request request = this.feed.request();
		assertThat(request.method()).isEqualTo("PUT");
		assertThat(request.uri()).hasToString("/orders?api-version=2021-05");
		assertThat(request.header("Content-Type")).isEqualTo("application/atom+xml;type=entry;charset=utf-8");
		assertThat(request.header("If-Match")).isNull();
		assertThat(request.header("Authorization"))
			.startsWith("SharedAccessSignature sr=https%3A%2F%2Flocalhost%2Forders&sig=")
			.endsWith("&se=1767326645&skn=root")
			.doesNotContain("topsecret");
		assertThat(request.body()).startsWith("<entry xmlns=\"http://www.w3.org/2005/Atom\">")
			.contains("<LockDuration>PT1M</LockDuration>");
	}

	@Test
	void updateReplacesWhatIsThere() {
		this.feed.answers(200, queueEntry("orders"));
		this.admin.queues().update(QueueProperties.of("orders"));
		assertThat(this.feed.request().method()).isEqualTo("PUT");
		assertThat(this.feed.request().header("If-Match")).isEqualTo("*");
	}

	@Test
	void forwardingProvesItsRightOnTheDestinations() {
		this.feed.answers(201, queueEntry("orders"));
		this.admin.queues()
			.create(QueueProperties.builder("orders")
				.forwardTo("archive")
				.forwardDeadLetteredMessagesTo("dead")
				.build());
		assertThat(this.feed.request().header("ServiceBusSupplementaryAuthorization"))
			.startsWith("SharedAccessSignature sr=https%3A%2F%2Flocalhost%2Farchive&");
		assertThat(this.feed.request().header("ServiceBusDlqSupplementaryAuthorization"))
			.startsWith("SharedAccessSignature sr=https%3A%2F%2Flocalhost%2Fdead&");
		assertThat(this.feed.request().body()).contains("<ForwardTo>https://localhost/archive</ForwardTo>");
	}

	@Test
	void pathsOfAllEntitiesAreThoseOfTheService() {
		for (int i = 0; i < 6; i++) {
			this.feed.fails(404, "gone");
		}
		assertThat(this.admin.queues().exists("a/b c")).isFalse();
		assertThat(this.admin.topics().exists("\u00e9")).isFalse();
		assertThat(this.admin.subscriptions("t").exists("s")).isFalse();
		assertThat(this.admin.rules("t", "s").exists("$Default")).isFalse();
		assertThatExceptionOfType(MessagingEntityNotFoundException.class)
			.isThrownBy(() -> this.admin.queues().runtimeProperties("q"));
		assertThatExceptionOfType(MessagingEntityNotFoundException.class).isThrownBy(this.admin::namespaceProperties);
		assertThat(this.feed.requests).extracting((request) -> request.uri().toString())
			.containsExactly("/a/b%20c?api-version=2021-05&enrich=false", "/%C3%A9?api-version=2021-05&enrich=false",
					"/t/subscriptions/s?api-version=2021-05&enrich=false",
					"/t/subscriptions/s/rules/$Default?api-version=2021-05&enrich=false",
					"/q?api-version=2021-05&enrich=true", "/$namespaceinfo?api-version=2021-05");
	}

	@Test
	void namesThatWouldAddressSomethingElseAreRefused() {
		for (String name : List.of("", " ", "/q", "q/")) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.admin.queues().delete(name));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> this.admin.subscriptions(""));
		assertThat(this.feed.requests).isEmpty();
	}

	@Test
	void emptyFeedMeansThatTheEntityIsMissing() {
		this.feed.answers(200, feed("")).answers(200, feed(""));
		assertThatExceptionOfType(MessagingEntityNotFoundException.class)
			.isThrownBy(() -> this.admin.queues().get("orders"))
			.withMessageContaining("orders");
		assertThat(this.admin.queues().existsAsync("orders")).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(false);
	}

	@Test
	void listIsFetchedPageByPageAsItIsRead() {
		this.feed
			.answers(200,
					page("https://elsewhere/$Resources/queues?api-version=2021-05&amp;$skip=2&amp;$top=2", "a", "b"))
			.answers(200, feed("", queueEntry("c")));

		try (Stream<QueueProperties> queues = this.admin.queues().list()) {
			var names = queues.map(QueueProperties::name).iterator();
			assertThat(this.feed.requests).isEmpty();
			assertThat(names.next()).isEqualTo("a");
			assertThat(names.next()).isEqualTo("b");
			assertThat(this.feed.requests).hasSize(1);
			assertThat(names.next()).isEqualTo("c");
			assertThat(names.hasNext()).isFalse();
		}
		assertThat(this.feed.requests).extracting((request) -> request.uri().toString())
			.containsExactly("/$Resources/queues?api-version=2021-05&enrich=false&$skip=0&$top=100",
					"/$Resources/queues?api-version=2021-05&enrich=false&$skip=2&$top=100");
	}

	@Test
	void listThatLeadsInACircleEnds() {
		this.feed.answers(200, page("https://x/?$skip=0", "a"))
			.answers(200, page("https://x/?%24skip=1", "b"))
			.answers(200, page("https://x/", "c"))
			.answers(200, feed("<link rel=\"self\" href=\"x\"/><link rel=\"next\" href=\"y\"/>"));
		assertThat(this.admin.queues().list().map(QueueProperties::name)).containsExactly("a", "b", "c");
	}

	@Test
	void twinOfListHasAllPages() {
		this.feed.answers(200, page("https://x/?$skip=1", "a")).answers(200, feed("", queueEntry("b")));
		assertThat(this.admin.queues().listRuntimePropertiesAsync()).succeedsWithin(10, TimeUnit.SECONDS)
			.satisfies((queues) -> assertThat(queues).extracting("name").containsExactly("a", "b"));
		assertThat(this.feed.request().uri().getQuery()).contains("enrich=true");
	}

	@Test
	void runtimePropertiesAreCounted() {
		this.feed.answers(200, queueEntry("orders"));
		assertThat(this.admin.queues().runtimeProperties("orders").counts().total()).isEqualTo(3);
	}

	@Test
	void subscriptionsAndRulesAreMadeBelowTheirTopic() {
		this.feed.fails(404, "no topic").fails(404, "no subscription");
		assertThatExceptionOfType(MessagingEntityNotFoundException.class)
			.isThrownBy(() -> this.admin.subscriptions("t").create(SubscriptionProperties.of("s")));
		assertThat(this.feed.request().body()).contains("SubscriptionDescription");
		assertThatExceptionOfType(MessagingEntityNotFoundException.class)
			.isThrownBy(() -> this.admin.rules("t", "s").create(RuleProperties.of("r", RuleFilter.matchAll())))
			.withMessageContaining("t/subscriptions/s/rules/r");
		assertThat(this.feed.request().body()).contains("i:type=\"TrueFilter\"");
	}

	@Test
	void tokenOfADirectoryIsBorne() {
		AtomicInteger asked = new AtomicInteger();
		this.feed.answers(200, "").answers(200, "").fails(401, "SubCode=40103: invalid signature").answers(200, "");
		try (ServiceBusAdministrationClient client = this.fixture.builder()
			.connectionString(this.feed.connectionString())
			.credential((audience) -> {
				asked.incrementAndGet();
				assertThat(Thread.currentThread().getName()).contains("token");
				return CompletableFuture
					.completedFuture(new AccessToken("abc", AccessToken.JWT, Instant.parse("2026-01-02T04:00:00Z")));
			})
			.build()) {
			client.queues().delete("q");
			client.queues().delete("q");
			assertThat(asked).as("a token that is still valid is used again").hasValue(1);
			assertThatExceptionOfType(ServiceBusAuthenticationException.class)
				.isThrownBy(() -> client.queues().delete("q"));
			client.queues().delete("q");
			assertThat(asked).as("a token that was refused is not").hasValue(2);
		}
		assertThat(this.feed.request().header("Authorization")).isEqualTo("Bearer abc");
	}

	@Test
	void credentialThatFailsOrHangsIsReported() {
		try (ServiceBusAdministrationClient client = this.fixture.builder()
			.connectionString(this.feed.connectionString())
			.credential((audience) -> {
				throw new IllegalStateException("password=hunter2");
			})
			.build()) {
			assertThatExceptionOfType(ServiceBusAuthenticationException.class)
				.isThrownBy(() -> client.queues().get("q"))
				.withMessageContaining("IllegalStateException")
				.withMessageNotContaining("hunter2");
		}
		try (ServiceBusAdministrationClient client = this.fixture.builder()
			.connectionString(this.feed.connectionString())
			.credential((audience) -> new CompletableFuture<>())
			.build()) {
			CompletableFuture<QueueProperties> queue = client.queues().getAsync("q");
			this.fixture.alarms.limits.forEach(Runnable::run);
			assertThat(queue).failsWithin(10, TimeUnit.SECONDS);
		}
		assertThat(this.feed.requests).isEmpty();
	}

	@Test
	void plainHttpNeedsTheFlagOfAnEmulator() {
		ServiceBusAdministrationClientBuilder plain = this.fixture.builder()
			.connectionString("Endpoint=sb://contoso.servicebus.windows.net;SharedAccessKeyName=n;SharedAccessKey=k")
			.endpoint(URI.create("http://localhost:" + this.feed.port()));
		assertThatIllegalStateException().isThrownBy(plain::build).withMessageContaining("UseDevelopmentEmulator");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.fixture.builder().fullyQualifiedNamespace("contoso").build())
			.withMessageContaining("credential");
		assertThatIllegalStateException().isThrownBy(() -> this.fixture.builder().build())
			.withMessageContaining("connection string");
	}

	@Test
	void endpointOfOnesOwnIsSpokenToInTheNameOfTheNamespace() {
		this.feed.answers(200, queueEntry("q"));
		try (ServiceBusAdministrationClient client = this.fixture.builder()
			.connectionString(
					"Endpoint=sb://contoso;SharedAccessKeyName=n;SharedAccessKey=k;UseDevelopmentEmulator=true")
			.endpoint(URI.create("http://localhost:" + this.feed.port() + "/"))
			.build()) {
			client.queues().get("q");
		}
		assertThat(this.feed.request().header("Authorization")).contains("sr=https%3A%2F%2Fcontoso%2Fq&");
	}

	private static String page(String next, String... names) {
		return feed("<link rel=\"self\" href=\"https://x/\"/><link rel=\"next\" href=\"" + next + "\"/>",
				Stream.of(names).map(ScriptedFeed::queueEntry).toArray(String[]::new));
	}

}
