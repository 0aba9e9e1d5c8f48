package dev.servicebus.emulator.admin;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

import dev.servicebus.amqp.transport.http.HttpResponse;
import dev.servicebus.emulator.admin.atom.XmlElement;
import dev.servicebus.emulator.entity.EntityOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class EntityFeedTests {

	private static final String EMPTY = "<QueueDescription/>";

	private final TestFeed feed = TestFeed.open();

	@Test
	void queueIsWrittenTheWayClientsReadIt() {
		this.feed.create("/Orders?api-version=2017-04", EMPTY);
		this.feed.advance(Duration.ofSeconds(1));

		HttpResponse response = this.feed.get("/orders?api-version=2017-04&enrich=True");

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.headers()).containsEntry("Content-Type", "application/atom+xml;type=entry;charset=utf-8");
		assertThat(TestFeed.text(response)).isEqualTo("""
				<?xml version="1.0" encoding="utf-8"?><entry xmlns="http://www.w3.org/2005/Atom">\
				<id>https://localhost:5300/Orders?api-version=2017-04</id><title type="text">Orders</title>\
				<published>2026-01-01T00:00:00Z</published><updated>2026-01-01T00:00:00Z</updated>\
				<author><name>localhost</name></author>\
				<link rel="self" href="https://localhost:5300/Orders?api-version=2017-04"></link>\
				<content type="application/xml"><QueueDescription\
				 xmlns="http://schemas.microsoft.com/netservices/2010/10/servicebus/connect"\
				 xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><LockDuration>PT1M</LockDuration>\
				<MaxSizeInMegabytes>1024</MaxSizeInMegabytes>\
				<RequiresDuplicateDetection>false</RequiresDuplicateDetection><RequiresSession>false</RequiresSession>\
				<DefaultMessageTimeToLive>P10675199DT2H48M5.4775807S</DefaultMessageTimeToLive>\
				<DeadLetteringOnMessageExpiration>false</DeadLetteringOnMessageExpiration>\
				<DuplicateDetectionHistoryTimeWindow>PT10M</DuplicateDetectionHistoryTimeWindow>\
				<MaxDeliveryCount>10</MaxDeliveryCount><EnableBatchedOperations>true</EnableBatchedOperations>\
				<SizeInBytes>0</SizeInBytes><MessageCount>0</MessageCount>\
				<IsAnonymousAccessible>false</IsAnonymousAccessible><AuthorizationRules></AuthorizationRules>\
				<Status>Active</Status><CreatedAt>2026-01-01T00:00:00Z</CreatedAt>\
				<UpdatedAt>2026-01-01T00:00:00Z</UpdatedAt><AccessedAt>2026-01-01T00:00:00Z</AccessedAt>\
				<SupportOrdering>true</SupportOrdering>\
				<CountDetails xmlns:d2p1="http://schemas.microsoft.com/netservices/2011/06/servicebus">\
				<d2p1:ActiveMessageCount>0</d2p1:ActiveMessageCount>\
				<d2p1:DeadLetterMessageCount>0</d2p1:DeadLetterMessageCount>\
				<d2p1:ScheduledMessageCount>0</d2p1:ScheduledMessageCount>\
				<d2p1:TransferMessageCount>0</d2p1:TransferMessageCount>\
				<d2p1:TransferDeadLetterMessageCount>0</d2p1:TransferDeadLetterMessageCount></CountDetails>\
				<AutoDeleteOnIdle>P10675199DT2H48M5.4775807S</AutoDeleteOnIdle>\
				<EnablePartitioning>false</EnablePartitioning>\
				<EntityAvailabilityStatus>Available</EntityAvailabilityStatus><EnableExpress>false</EnableExpress>\
				<MaxMessageSizeInKilobytes>256</MaxMessageSizeInKilobytes></QueueDescription></content></entry>""");
	}

	@Test
	void settingsWithoutEffectAreKept() {
		this.feed.create("/orders", """
				<QueueDescription><EnableExpress>true</EnableExpress><SupportOrdering>false</SupportOrdering>
				<EnableBatchedOperations>false</EnableBatchedOperations><EnablePartitioning>1</EnablePartitioning>
				<DuplicateDetectionHistoryTimeWindow>P1D</DuplicateDetectionHistoryTimeWindow>
				<IsAnonymousAccessible>True</IsAnonymousAccessible></QueueDescription>""");

		XmlElement queue = TestFeed.description(this.feed.get("/orders"));

		assertThat(queue.childText("EnableExpress")).isEqualTo("true");
		assertThat(queue.childText("SupportOrdering")).isEqualTo("false");
		assertThat(queue.childText("EnableBatchedOperations")).isEqualTo("false");
		assertThat(queue.childText("EnablePartitioning")).isEqualTo("true");
		assertThat(queue.childText("IsAnonymousAccessible")).isEqualTo("true");
		assertThat(queue.childText("DuplicateDetectionHistoryTimeWindow")).isEqualTo("P1D");
		assertThat(this.feed.namespace.queue("orders").options().requiresDuplicateDetection()).isFalse();
	}

	@Test
	void updateKeepsWhatItDoesNotSayButForTexts() {
		this.feed.create("/target", EMPTY);
		this.feed.create("/orders", """
				<QueueDescription><LockDuration>PT7S</LockDuration><ForwardTo>sb://any/target</ForwardTo>
				<UserMetadata>note</UserMetadata></QueueDescription>""");

		this.feed.update("/orders", "<QueueDescription><MaxDeliveryCount>3</MaxDeliveryCount></QueueDescription>");

		EntityOptions options = this.feed.namespace.queue("orders").options();
		assertThat(options.lockDuration()).hasSeconds(7);
		assertThat(options.maxDeliveryCount()).isEqualTo(3);
		assertThat(options.forwardTo()).isNull();
		assertThat(options.userMetadata()).isNull();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "target", "https://localhost:5300/Target", "sb://other.host/target/", "amqps://h/targe%74" })
	void forwardingTargetIsAPathOrAUrl(String target) {
		this.feed.create("/target", EMPTY);

		HttpResponse response = this.feed.create("/source",
				"<QueueDescription><ForwardTo>" + target + "</ForwardTo></QueueDescription>");

		assertThat(TestFeed.description(response).childText("ForwardTo"))
			.isEqualToIgnoringCase("https://localhost:5300/target");
	}

	@Test
	void fixedOptionsCannotBeUpdated() {
		this.feed.create("/orders", EMPTY);

		for (String name : new String[] { "RequiresSession", "RequiresDuplicateDetection", "EnablePartitioning" }) {
			String element = "<" + name + ">true</" + name + ">";
			TestFeed.assertRefused(this.feed.update("/orders", "<QueueDescription>" + element + "</QueueDescription>"),
					400, 40000);
		}
	}

	@Test
	void updateIsForAStateOfTheEntity() {
		String tag = this.feed.create("/orders", EMPTY).headers().get("ETag");
		this.feed.advance(Duration.ofSeconds(1));

		HttpResponse first = this.feed.send("PUT", "/orders", Map.of("If-Match", tag), TestFeed.entry(EMPTY));
		HttpResponse second = this.feed.send("PUT", "/orders", Map.of("If-Match", tag), TestFeed.entry(EMPTY));

		assertThat(first.status()).isEqualTo(200);
		assertThat(TestFeed.description(first).childText("UpdatedAt")).isEqualTo("2026-01-01T00:00:01Z");
		TestFeed.assertRefused(second, 412, 41200);
	}

	@Test
	void queuesAndTopicsShareTheirNames() {
		assertThat(this.feed.create("/news", "<TopicDescription/>").status()).isEqualTo(201);

		TestFeed.assertRefused(this.feed.create("/NEWS", EMPTY), 409, 40900);
		TestFeed.assertRefused(this.feed.update("/news", EMPTY), 400, 40000);
		TestFeed.assertRefused(this.feed.update("/none", EMPTY), 404, 40400);
		assertThat(this.feed.delete("/News").status()).isEqualTo(200);
		TestFeed.assertRefused(this.feed.delete("/news"), 404, 40400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<LockDuration>PT6M</LockDuration>", "<LockDuration>soon</LockDuration>",
			"<MaxDeliveryCount>0</MaxDeliveryCount>", "<MaxDeliveryCount>99999999999</MaxDeliveryCount>",
			"<DefaultMessageTimeToLive>PT0S</DefaultMessageTimeToLive>", "<RequiresSession>maybe</RequiresSession>",
			"<AutoDeleteOnIdle>PT4M</AutoDeleteOnIdle>", "<Status>Sleeping</Status>", "<ForwardTo>//?</ForwardTo>",
			"<ForwardTo>orders</ForwardTo>", "<MaxMessageSizeInKilobytes>-1</MaxMessageSizeInKilobytes>",
			"<AuthorizationRules><AuthorizationRule/></AuthorizationRules>" })
	void valuesThatAreNotValidAreRefused(String element) {
		TestFeed.assertRefused(this.feed.create("/orders", "<QueueDescription>" + element + "</QueueDescription>"), 400,
				40000);
		assertThat(this.feed.namespace.queues()).isEmpty();
	}

	@Test
	void bodiesThatAreNoDescriptionAreRefused() {
		TestFeed.assertRefused(this.feed.send("PUT", "/orders", Map.of(), "no XML"), 400, 40000);
		TestFeed.assertRefused(this.feed.send("PUT", "/orders", Map.of(), "<entry/>"), 400, 40000);
		TestFeed.assertRefused(this.feed.create("/orders", "<RuleDescription/>"), 400, 40000);
		TestFeed.assertRefused(this.feed.create("/orders", EMPTY + EMPTY), 400, 40000);
		TestFeed.assertRefused(this.feed.create("/bad*name", EMPTY), 400, 40000);
		TestFeed.assertRefused(
				this.feed.create("/orders", "<QueueDescription><ForwardTo>none</ForwardTo></QueueDescription>"), 400,
				40400);
	}

	@Test
	void listNamesTheNextPageInASecondLink() {
		IntStream.range(0, 5).forEach((i) -> this.feed.create("/queue-" + i, EMPTY));

		HttpResponse page = this.feed.get("/$Resources/Queues/?api-version=2021-05&$skip=1&$top=2");

		assertThat(TestFeed.titles(page)).containsExactly("queue-1", "queue-2");
		assertThat(page.headers()).containsEntry("Content-Type", "application/atom+xml;type=feed;charset=utf-8");
		assertThat(TestFeed.text(page)).contains("<link rel=\"next\" href=\"https://localhost:5300/$Resources/queues?"
				+ "api-version=2021-05&amp;$skip=3&amp;$top=2\">");
		HttpResponse last = this.feed.get("/$Resources/queues?$skip=3&$top=2");
		assertThat(TestFeed.titles(last)).containsExactly("queue-3", "queue-4");
		assertThat(TestFeed.text(last)).doesNotContain("rel=\"next\"");
		assertThat(TestFeed.titles(this.feed.get("/$Resources/topics"))).isEmpty();
		TestFeed.assertRefused(this.feed.get("/$Resources/queues?$skip=-1"), 400, 40000);
		TestFeed.assertRefused(this.feed.get("/$Resources/queues?$top=many"), 400, 40000);
	}

	@Test
	void hostThatIsNoneIsNotRepeated() {
		HttpResponse response = this.feed.send("PUT", "/orders?api-version=<x>", Map.of("Host", "a b/\"<"),
				TestFeed.entry(EMPTY));

		assertThat(TestFeed.text(response)).contains("<id>https://localhost/orders?api-version=2021-05</id>");
	}

	@Test
	void otherMethodsAndPlacesAreRefused() {
		TestFeed.assertRefused(this.feed.send("POST", "/orders/messages", Map.of(), ""), 405, 40500);
		TestFeed.assertRefused(this.feed.delete("/$Resources/queues"), 405, 40500);
		TestFeed.assertRefused(this.feed.create("/$namespaceinfo", EMPTY), 405, 40500);
		TestFeed.assertRefused(this.feed.get("/"), 404, 40400);
		TestFeed.assertRefused(this.feed.get("/none"), 404, 40400);
	}

	@Test
	void namespaceIsDescribed() {
		XmlElement info = TestFeed.description(this.feed.get("/$NamespaceInfo?api-version=2021-05"));

		assertThat(info.name()).isEqualTo("NamespaceInfo");
		assertThat(info.child("MessagingUnits")).isNull();
		assertThat(info.childText("Name")).isEqualTo("localhost");
		assertThat(info.childText("NamespaceType")).isEqualTo("Messaging");
		assertThat(info.childText("CreatedTime")).isEqualTo("2026-01-01T00:00:00Z");
	}

}
