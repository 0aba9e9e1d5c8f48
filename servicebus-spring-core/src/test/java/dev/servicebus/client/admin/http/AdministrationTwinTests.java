package dev.servicebus.client.admin.http;

import java.io.StringReader;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.xml.parsers.DocumentBuilderFactory;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RetryOptions;
import com.azure.messaging.servicebus.administration.ServiceBusAdministrationClientBuilder;
import com.azure.messaging.servicebus.administration.models.CorrelationRuleFilter;
import com.azure.messaging.servicebus.administration.models.CreateQueueOptions;
import com.azure.messaging.servicebus.administration.models.CreateRuleOptions;
import com.azure.messaging.servicebus.administration.models.CreateSubscriptionOptions;
import com.azure.messaging.servicebus.administration.models.CreateTopicOptions;
import com.azure.messaging.servicebus.administration.models.SqlRuleAction;
import com.azure.messaging.servicebus.administration.models.SqlRuleFilter;
import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.admin.TopicProperties;
import dev.servicebus.client.rule.RuleAction;
import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What Microsoft's client for Java sends is what ours sends, element by element and in
 * the same order, but for what is listed here with its reason.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AdministrationTwinTests {

	private final AdministrationFixture fixture = new AdministrationFixture();

	private final com.azure.messaging.servicebus.administration.ServiceBusAdministrationClient theirs = new ServiceBusAdministrationClientBuilder()
		.connectionString("Endpoint=sb://localhost;SharedAccessKeyName=root;SharedAccessKey=topsecret")
		.retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
		.addPolicy(new Redirect(this.fixture.feed.port()))
		.buildClient();

	private final ServiceBusAdministrationClient ours = this.fixture.admin;

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void newQueuesAreDescribedAlike() {
		ScriptedFeed.Request their = request(() -> this.theirs.createQueue("orders",
				new CreateQueueOptions().setLockDuration(Duration.ofSeconds(30))
					.setMaxSizeInMegabytes(2048)
					.setDuplicateDetectionRequired(true)
					.setDefaultMessageTimeToLive(Duration.ofDays(2))
					.setDeadLetteringOnMessageExpiration(true)
					.setDuplicateDetectionHistoryTimeWindow(Duration.ofMinutes(3))
					.setMaxDeliveryCount(3)
					.setForwardTo("archive")
					.setUserMetadata("mine")
					.setAutoDeleteOnIdle(Duration.ofDays(1))
					.setForwardDeadLetteredMessagesTo("dead")));
		ScriptedFeed.Request our = request(() -> this.ours.queues()
			.create(QueueProperties.builder("orders")
				.lockDuration(Duration.ofSeconds(30))
				.maxSizeInMegabytes(2048L)
				.duplicateDetectionRequired(true)
				.defaultMessageTimeToLive(Duration.ofDays(2))
				.deadLetteringOnMessageExpiration(true)
				.duplicateDetectionWindow(Duration.ofMinutes(3))
				.maxDeliveryCount(3)
				.forwardTo("archive")
				.userMetadata("mine")
				.autoDeleteOnIdle(Duration.ofDays(1))
				.forwardDeadLetteredMessagesTo("dead")
				.build()));
		assertThat(our.method()).isEqualTo(their.method());
		assertThat(our.uri()).isEqualTo(their.uri());
		for (String header : List.of("ServiceBusSupplementaryAuthorization",
				"ServiceBusDlqSupplementaryAuthorization")) {
			// Theirs is for the whole namespace, ours for the destination only.
			assertThat(our.header(header)).startsWith(their.header(header).split("&")[0]);
		}
		assertThat(elements(our)).isEqualTo(elements(their));
	}

	@Test
	void newTopicsAreDescribedAlike() {
		ScriptedFeed.Request their = request(() -> this.theirs.createTopic("events",
				new CreateTopicOptions().setDefaultMessageTimeToLive(Duration.ofDays(2))
					.setMaxSizeInMegabytes(2048)
					.setAutoDeleteOnIdle(Duration.ofDays(1))
					// Theirs begins with a minute, ours with what the service begins
					// with.
					.setDuplicateDetectionHistoryTimeWindow(Duration.ofMinutes(10))
					.setOrderingSupported(true)));
		ScriptedFeed.Request our = request(() -> this.ours.topics()
			.create(TopicProperties.builder("events")
				.defaultMessageTimeToLive(Duration.ofDays(2))
				.maxSizeInMegabytes(2048L)
				.autoDeleteOnIdle(Duration.ofDays(1))
				.orderingSupported(true)
				.build()));
		assertThat(elements(our)).isEqualTo(elements(their));
	}

	@Test
	void newSubscriptionsAreDescribedAlike() {
		ScriptedFeed.Request their = request(() -> this.theirs.createSubscription("events", "audit", "first",
				new CreateSubscriptionOptions().setLockDuration(Duration.ofSeconds(30))
					.setSessionRequired(true)
					.setDefaultMessageTimeToLive(Duration.ofDays(2))
					.setUserMetadata("mine")
					.setAutoDeleteOnIdle(Duration.ofDays(1)),
				new CreateRuleOptions(new SqlRuleFilter("a = 1"))));
		ScriptedFeed.Request our = request(() -> this.ours.subscriptions("events")
			.create(SubscriptionProperties.builder("audit")
				.lockDuration(Duration.ofSeconds(30))
				.sessionRequired(true)
				.defaultMessageTimeToLive(Duration.ofDays(2))
				.userMetadata("mine")
				.autoDeleteOnIdle(Duration.ofDays(1))
				.defaultRule(RuleProperties.of("first", RuleFilter.sql("a = 1")))
				.build()));
		assertThat(our.uri()).isEqualTo(their.uri());
		assertThat(elements(our)).isEqualTo(elements(their));
	}

	@Test
	void newRulesAreDescribedAlike() {
		CorrelationRuleFilter filter = new CorrelationRuleFilter("c").setLabel("l").setContentType("json");
		filter.getProperties().put("k", "v");
		ScriptedFeed.Request their = request(() -> this.theirs.createRule("events", "r", "audit",
				new CreateRuleOptions(filter).setAction(new SqlRuleAction("SET a = 1"))));
		ScriptedFeed.Request our = request(() -> this.ours.rules("events", "audit")
			.create(RuleProperties
				.of("r", RuleFilter.correlation()
					.correlationId("c")
					.subject("l")
					.contentType("json")
					.property("k", "v")
					.build())
				.withAction(RuleAction.sql("SET a = 1"))));
		assertThat(our.uri()).isEqualTo(their.uri());
		assertThat(elements(our)).isEqualTo(elements(their));
	}

	@Test
	void changedQueuesAreDescribedAlike() {
		String queue = ScriptedFeed.queueEntry("orders")
			.replace("<MessageCount>3</MessageCount>", "<MaxSizeInMegabytes>1024</MaxSizeInMegabytes>"
					+ "<RequiresDuplicateDetection>false</RequiresDuplicateDetection>"
					+ "<RequiresSession>true</RequiresSession>"
					+ "<DefaultMessageTimeToLive>P10675199DT2H48M5.4775807S</DefaultMessageTimeToLive>"
					+ "<DeadLetteringOnMessageExpiration>true</DeadLetteringOnMessageExpiration>"
					+ "<DuplicateDetectionHistoryTimeWindow>PT10M</DuplicateDetectionHistoryTimeWindow>"
					+ "<MaxDeliveryCount>10</MaxDeliveryCount><EnableBatchedOperations>true</EnableBatchedOperations>"
					+ "<SizeInBytes>0</SizeInBytes><MessageCount>3</MessageCount>"
					+ "<IsAnonymousAccessible>false</IsAnonymousAccessible><AuthorizationRules/>"
					+ "<Status>Active</Status><UserMetadata>mine</UserMetadata>"
					+ "<CreatedAt>2026-01-02T03:04:05Z</CreatedAt><UpdatedAt>2026-01-02T03:04:05Z</UpdatedAt>"
					+ "<AccessedAt>2026-01-02T03:04:05Z</AccessedAt><SupportOrdering>true</SupportOrdering>"
					+ "<AutoDeleteOnIdle>P10675199DT2H48M5.4775807S</AutoDeleteOnIdle>"
					+ "<EnablePartitioning>false</EnablePartitioning>"
					+ "<EntityAvailabilityStatus>Available</EntityAvailabilityStatus>"
					+ "<EnableExpress>false</EnableExpress>"
					+ "<MaxMessageSizeInKilobytes>256</MaxMessageSizeInKilobytes>");
		this.fixture.feed.answers(200, queue);
		var theirQueue = this.theirs.getQueue("orders");
		ScriptedFeed.Request their = request(() -> this.theirs.updateQueue(theirQueue.setMaxDeliveryCount(3)));
		this.fixture.feed.answers(200, queue);
		QueueProperties ourQueue = this.ours.queues().get("orders");
		ScriptedFeed.Request our = request(
				() -> this.ours.queues().update(ourQueue.mutate().maxDeliveryCount(3).build()));
		assertThat(our.header("If-Match")).isEqualTo(their.header("If-Match"));
		List<String> theirElements = elements(their);
		// Theirs sends back what only the service can know.
		theirElements.removeIf((element) -> element
			.matches(".*/(SizeInBytes|MessageCount|CreatedAt|UpdatedAt|AccessedAt|EntityAvailabilityStatus)=.*"));
		List<String> ourElements = elements(our);
		// Ours says that there are none, so that the last one can be removed.
		ourElements.remove("/entry/content/QueueDescription/AuthorizationRules=");
		assertThat(ourElements).isEqualTo(theirElements);
	}

	private ScriptedFeed.Request request(ThrowingCallable call) {
		this.fixture.feed.answers(400, "");
		assertThat(catchThrowable(call)).isNotNull();
		return this.fixture.feed.request();
	}

	/**
	 * The elements with text, in their order, with durations in one form.
	 */
	private static List<String> elements(ScriptedFeed.Request request) {
		List<String> elements = new ArrayList<>();
		collect("", parse(request.body()), elements);
		// Ours says that a rule has no action, which tells an update from an omission.
		elements.removeIf((element) -> element.endsWith("/Action is EmptyRuleAction") || element.endsWith("/Action="));
		return elements;
	}

	private static void collect(String path, Element element, List<String> elements) {
		String name = path + '/' + element.getLocalName();
		String type = element.getAttributeNS("http://www.w3.org/2001/XMLSchema-instance", "type");
		if (!type.isEmpty()) {
			elements.add(name + " is " + type.substring(type.indexOf(':') + 1));
		}
		boolean leaf = true;
		for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
			if (child instanceof Element inner) {
				leaf = false;
				collect(name, inner, elements);
			}
		}
		if (leaf) {
			String text = element.getTextContent().strip();
			elements.add(name + '=' + (text.matches("P.*\\d.*") ? duration(text) : text));
		}
	}

	/**
	 * Theirs cuts the longest duration to milliseconds.
	 */
	private static String duration(String text) {
		return Duration.parse(text).truncatedTo(ChronoUnit.MILLIS).toString();
	}

	private static Element parse(String body) {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
			return factory.newDocumentBuilder().parse(new InputSource(new StringReader(body))).getDocumentElement();
		}
		catch (Exception ex) {
			throw new AssertionError(Arrays.toString(body.split("><")), ex);
		}
	}

	/**
	 * Sends requests to the scripted feed, which has no TLS.
	 */
	private record Redirect(int port) implements HttpPipelinePolicy {

		@Override
		public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
			redirect(context);
			return next.process();
		}

		@Override
		public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
			redirect(context);
			return next.processSync();
		}

		private void redirect(HttpPipelineCallContext context) {
			String file = context.getHttpRequest().getUrl().getFile();
			try {
				context.getHttpRequest().setUrl(URI.create("http://localhost:" + this.port).resolve(file).toURL());
			}
			catch (MalformedURLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
