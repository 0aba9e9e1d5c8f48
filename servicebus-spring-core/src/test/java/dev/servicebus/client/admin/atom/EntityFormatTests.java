package dev.servicebus.client.admin.atom;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.admin.AccessRight;
import dev.servicebus.client.admin.AuthorizationRule;
import dev.servicebus.client.admin.EntityDefaults;
import dev.servicebus.client.admin.EntityStatus;
import dev.servicebus.client.admin.MessageCounts;
import dev.servicebus.client.admin.NamespaceProperties;
import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.QueueRuntimeProperties;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.admin.TopicProperties;
import dev.servicebus.client.rule.RuleAction;
import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class EntityFormatTests {

	private static final String CONNECT = "http://schemas.microsoft.com/netservices/2010/10/servicebus/connect";

	private static final String HEAD = "<entry xmlns=\"http://www.w3.org/2005/Atom\"><content type=\"application/xml\">";

	private static final String TAIL = "</content></entry>";

	private static final String HOST = "contoso.servicebus.windows.net";

	private static final OffsetDateTime TIME = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);

	@Test
	void newQueueSaysNothingAboutWhatTheTierLimits() {
		assertThat(EntityFormat.queues().write(QueueProperties.of("orders"), Change.CREATE, HOST)).isEqualTo(HEAD
				+ root("QueueDescription") + "<LockDuration>PT1M</LockDuration>"
				+ "<RequiresDuplicateDetection>false</RequiresDuplicateDetection>"
				+ "<RequiresSession>false</RequiresSession>"
				+ "<DeadLetteringOnMessageExpiration>false</DeadLetteringOnMessageExpiration>"
				+ "<DuplicateDetectionHistoryTimeWindow>PT10M</DuplicateDetectionHistoryTimeWindow>"
				+ "<MaxDeliveryCount>10</MaxDeliveryCount><EnableBatchedOperations>true</EnableBatchedOperations>"
				+ "<Status>Active</Status><EnablePartitioning>false</EnablePartitioning></QueueDescription>" + TAIL);
	}

	@Test
	void queueIsWrittenInTheOrderOfTheService() {
		QueueProperties queue = QueueProperties.builder("orders")
			.lockDuration(Duration.ofSeconds(30))
			.maxSizeInMegabytes(2048L)
			.duplicateDetectionRequired(true)
			.defaultMessageTimeToLive(Duration.ofDays(14))
			.deadLetteringOnMessageExpiration(true)
			.duplicateDetectionWindow(Duration.ofHours(25))
			.maxDeliveryCount(3)
			.batchedOperationsEnabled(false)
			.authorizationRules(
					List.of(new AuthorizationRule("reader", Set.of(AccessRight.LISTEN), "k1", "k2", null, null)))
			.status(EntityStatus.RECEIVE_DISABLED)
			.forwardTo("archive")
			.userMetadata("a < b & c")
			.autoDeleteOnIdle(Duration.ofMinutes(5))
			.partitioningEnabled(true)
			.forwardDeadLetteredMessagesTo("graveyard")
			.maxMessageSizeInKilobytes(1024L)
			.build();

		assertThat(EntityFormat.queues().write(queue, Change.UPDATE, HOST)).isEqualTo(HEAD + root("QueueDescription")
				+ "<LockDuration>PT30S</LockDuration><MaxSizeInMegabytes>2048</MaxSizeInMegabytes>"
				+ "<RequiresDuplicateDetection>true</RequiresDuplicateDetection>"
				+ "<RequiresSession>false</RequiresSession>"
				+ "<DefaultMessageTimeToLive>P14D</DefaultMessageTimeToLive>"
				+ "<DeadLetteringOnMessageExpiration>true</DeadLetteringOnMessageExpiration>"
				+ "<DuplicateDetectionHistoryTimeWindow>P1DT1H</DuplicateDetectionHistoryTimeWindow>"
				+ "<MaxDeliveryCount>3</MaxDeliveryCount><EnableBatchedOperations>false</EnableBatchedOperations>"
				+ "<AuthorizationRules><AuthorizationRule i:type=\"SharedAccessAuthorizationRule\">"
				+ "<ClaimType>SharedAccessKey</ClaimType><ClaimValue>None</ClaimValue>"
				+ "<Rights><AccessRights>Listen</AccessRights></Rights><KeyName>reader</KeyName>"
				+ "<PrimaryKey>k1</PrimaryKey><SecondaryKey>k2</SecondaryKey></AuthorizationRule></AuthorizationRules>"
				+ "<Status>ReceiveDisabled</Status><ForwardTo>https://" + HOST + "/archive</ForwardTo>"
				+ "<UserMetadata>a &lt; b &amp; c</UserMetadata><AutoDeleteOnIdle>PT5M</AutoDeleteOnIdle>"
				+ "<EnablePartitioning>true</EnablePartitioning><ForwardDeadLetteredMessagesTo>https://" + HOST
				+ "/graveyard</ForwardDeadLetteredMessagesTo>"
				+ "<MaxMessageSizeInKilobytes>1024</MaxMessageSizeInKilobytes></QueueDescription>" + TAIL);
		assertThat(EntityFormat.queues().read(entry("orders", EntityFormat.queues().write(queue, Change.UPDATE, HOST))))
			.isEqualTo(queue);
	}

	@Test
	void queueThatTheServiceDescribesIsReadWithItsCounts() {
		Entry entry = entry("orders", described("QueueDescription",
				"<LockDuration>PT1M</LockDuration><MaxSizeInMegabytes>1024</MaxSizeInMegabytes>"
						+ "<DefaultMessageTimeToLive>P10675199DT2H48M5.4775807S</DefaultMessageTimeToLive>"
						+ "<SizeInBytes>77</SizeInBytes><MessageCount>21</MessageCount><Status>Active</Status>"
						+ "<CreatedAt>2026-01-02T03:04:05Z</CreatedAt><UpdatedAt>2026-01-02T03:04:05</UpdatedAt>"
						+ "<AccessedAt>0001-01-01T00:00:00Z</AccessedAt>"
						+ "<CountDetails xmlns:d2p1=\"http://schemas.microsoft.com/netservices/2011/06/servicebus\">"
						+ "<d2p1:ActiveMessageCount>1</d2p1:ActiveMessageCount>"
						+ "<d2p1:DeadLetterMessageCount>2</d2p1:DeadLetterMessageCount>"
						+ "<d2p1:ScheduledMessageCount>3</d2p1:ScheduledMessageCount>"
						+ "<d2p1:TransferMessageCount>4</d2p1:TransferMessageCount>"
						+ "<d2p1:TransferDeadLetterMessageCount>5</d2p1:TransferDeadLetterMessageCount></CountDetails>"
						+ "<EntityAvailabilityStatus>Available</EntityAvailabilityStatus>"));

		assertThat(EntityFormat.queues().read(entry))
			.isEqualTo(QueueProperties.builder("orders").maxSizeInMegabytes(1024L).build());
		assertThat(Descriptions.queueRuntime().read(entry)).isEqualTo(
				new QueueRuntimeProperties("orders", new MessageCounts(21, 1, 2, 3, 4, 5), 77, TIME, TIME, null));
	}

	@Test
	void longestDurationSurvivesBothWays() {
		String text = EntityFormat.queues().write(QueueProperties.of("orders"), Change.UPDATE, HOST);
		assertThat(text).contains("<DefaultMessageTimeToLive>P10675199DT2H48M5.4775807S</DefaultMessageTimeToLive>");
		assertThat(EntityFormat.queues().read(entry("orders", text)).defaultMessageTimeToLive())
			.isEqualTo(EntityDefaults.UNLIMITED);
	}

	@Test
	void whatIsUnknownComesBackInAnUpdateWhereItWas() {
		QueueProperties queue = EntityFormat.queues()
			.read(entry("orders", described("QueueDescription",
					"<LockDuration>PT1M</LockDuration><IsAnonymousAccessible>true</IsAnonymousAccessible>"
							+ "<Status>Active</Status><Novelty i:type=\"Odd\"><x:Inner xmlns:x=\"urn:x\">1</x:Inner>"
							+ "</Novelty><SupportOrdering>true</SupportOrdering><EnableExpress>true</EnableExpress>")));

		String update = EntityFormat.queues()
			.write(queue.mutate().lockDuration(Duration.ofSeconds(10)).userMetadata("x").build(), Change.UPDATE, HOST);

		assertThat(update).contains("<LockDuration>PT10S</LockDuration>")
			.containsSubsequence("<EnableBatchedOperations>", "<IsAnonymousAccessible>true</IsAnonymousAccessible>",
					"<AuthorizationRules/>", "<Status>Active</Status>", "<Novelty i:type=\"Odd\"", "urn:x",
					"</Novelty>", "<UserMetadata>x</UserMetadata>", "<SupportOrdering>true</SupportOrdering>",
					"<AutoDeleteOnIdle>", "<EnableExpress>true</EnableExpress>");
		assertThat(EntityFormat.queues().read(entry("orders", update)).otherElements())
			.hasSameSizeAs(queue.otherElements());
		assertThat(EntityFormat.queues().write(queue, Change.CREATE, HOST)).doesNotContain("Novelty", "EnableExpress");
	}

	@Test
	void topicIsWrittenInTheOrderOfTheService() {
		TopicProperties topic = TopicProperties.builder("events")
			.defaultMessageTimeToLive(Duration.ofHours(1))
			.maxSizeInMegabytes(5120L)
			.userMetadata("mine")
			.orderingSupported(true)
			.autoDeleteOnIdle(Duration.ofDays(1))
			.build();
		String text = EntityFormat.topics().write(topic, Change.CREATE, HOST);
		assertThat(text)
			.isEqualTo(HEAD + root("TopicDescription") + "<DefaultMessageTimeToLive>PT1H</DefaultMessageTimeToLive>"
					+ "<MaxSizeInMegabytes>5120</MaxSizeInMegabytes>"
					+ "<RequiresDuplicateDetection>false</RequiresDuplicateDetection>"
					+ "<DuplicateDetectionHistoryTimeWindow>PT10M</DuplicateDetectionHistoryTimeWindow>"
					+ "<EnableBatchedOperations>true</EnableBatchedOperations><Status>Active</Status>"
					+ "<UserMetadata>mine</UserMetadata><SupportOrdering>true</SupportOrdering>"
					+ "<AutoDeleteOnIdle>P1D</AutoDeleteOnIdle><EnablePartitioning>false</EnablePartitioning>"
					+ "</TopicDescription>" + TAIL);
		assertThat(EntityFormat.topics().read(entry("events", text))).isEqualTo(topic);
	}

	@Test
	void subscriptionBeginsWithItsRule() {
		SubscriptionProperties subscription = SubscriptionProperties.builder("audit")
			.defaultRule(RuleProperties.of("big", RuleFilter.sql("size > 3")))
			.build();
		assertThat(EntityFormat.subscriptions().write(subscription, Change.CREATE, HOST))
			.isEqualTo(HEAD + root("SubscriptionDescription")
					+ "<LockDuration>PT1M</LockDuration><RequiresSession>false</RequiresSession>"
					+ "<DeadLetteringOnMessageExpiration>false</DeadLetteringOnMessageExpiration>"
					+ "<DeadLetteringOnFilterEvaluationExceptions>true</DeadLetteringOnFilterEvaluationExceptions>"
					+ "<DefaultRuleDescription><Filter i:type=\"SqlFilter\"><SqlExpression>size &gt; 3</SqlExpression>"
					+ "</Filter><Action i:type=\"EmptyRuleAction\"/>"
					+ "<Name>big</Name></DefaultRuleDescription><MaxDeliveryCount>10</MaxDeliveryCount>"
					+ "<EnableBatchedOperations>true</EnableBatchedOperations><Status>Active</Status>"
					+ "</SubscriptionDescription>" + TAIL);
		assertThat(EntityFormat.subscriptions().write(subscription, Change.UPDATE, HOST))
			.doesNotContain("DefaultRuleDescription");
	}

	@Test
	void subscriptionSurvivesBothWays() {
		SubscriptionProperties subscription = SubscriptionProperties.builder("audit")
			.lockDuration(Duration.ofSeconds(90))
			.deadLetteringOnFilterEvaluationExceptions(false)
			.maxDeliveryCount(2)
			.forwardTo("archive/2026")
			.forwardDeadLetteredMessagesTo("graveyard")
			.autoDeleteOnIdle(Duration.ofDays(2))
			.status(EntityStatus.DISABLED)
			.build();
		assertThat(EntityFormat.subscriptions()
			.read(entry("audit", EntityFormat.subscriptions().write(subscription, Change.UPDATE, HOST))))
			.isEqualTo(subscription);
	}

	@Test
	void correlationRuleIsWrittenWithTypedValues() {
		RuleProperties rule = RuleProperties
			.of("r1", RuleFilter.correlation().subject("order").contentType("json").property("n", 5).build())
			.withAction(RuleAction.sql("SET a = 1"));
		String text = EntityFormat.rules().write(rule, Change.CREATE, HOST);
		assertThat(text).isEqualTo(HEAD + root("RuleDescription")
				+ "<Filter i:type=\"CorrelationFilter\"><Label>order</Label><ContentType>json</ContentType><Properties>"
				+ "<KeyValueOfstringanyType><Key>n</Key>"
				+ "<Value xmlns:d6p1=\"http://www.w3.org/2001/XMLSchema\" i:type=\"d6p1:int\">5</Value>"
				+ "</KeyValueOfstringanyType></Properties></Filter>"
				+ "<Action i:type=\"SqlRuleAction\"><SqlExpression>SET a = 1</SqlExpression>"
				+ "</Action><Name>r1</Name></RuleDescription>" + TAIL);
		assertThat(EntityFormat.rules().read(entry("r1", text))).isEqualTo(rule);
	}

	@Test
	void valuesOfAllTypesSurviveBothWays() {
		Map<String, Object> values = Map.of("@s", "text", "@i", 7, "@l", 1L << 40, "@b", true, "@d", 1.5, "@t", TIME,
				"@p", Duration.ofMinutes(3), "@inf", Double.NEGATIVE_INFINITY);
		RuleProperties rule = RuleProperties.of("r1", new RuleFilter.Sql("a = @s", values));
		assertThat(EntityFormat.rules().read(entry("r1", EntityFormat.rules().write(rule, Change.CREATE, HOST))))
			.isEqualTo(rule);
	}

	@Test
	void rulesOfOtherClientsAreReadWhateverTheirPrefixes() {
		String xsi = "xmlns:p4=\"http://www.w3.org/2001/XMLSchema-instance\"";
		Entry entry = entry("r1", "<entry><title>r1</title><content><ns0:RuleDescription xmlns:ns0=\"" + CONNECT
				+ "\"><ns0:Filter p4:type=\"SqlFilter\" " + xsi + "><ns0:SqlExpression>a = @x</ns0:SqlExpression>"
				+ "<ns0:Parameters><ns0:KeyValueOfstringanyType><ns0:Key>@x</ns0:Key>"
				+ "<ns0:Value p4:type=\"l28:int\">5</ns0:Value></ns0:KeyValueOfstringanyType></ns0:Parameters>"
				+ "</ns0:Filter><ns0:Name>r1</ns0:Name></ns0:RuleDescription></content></entry>");
		assertThat(EntityFormat.rules().read(entry))
			.isEqualTo(RuleProperties.of("r1", new RuleFilter.Sql("a = @x", Map.of("@x", 5))));
	}

	@Test
	void filtersThatAlwaysDecideTheSameAreReadByTheirType() {
		assertThat(readFilter("TrueFilter")).isEqualTo(RuleFilter.matchAll());
		assertThat(readFilter("FalseFilter")).isEqualTo(RuleFilter.matchNone());
		assertThatExceptionOfType(MalformedDocumentException.class).isThrownBy(() -> readFilter("NewFilter"))
			.withMessageContaining("NewFilter");
	}

	@Test
	void namespaceIsRead() {
		Entry entry = entry("contoso", described("NamespaceInfo",
				"<CreatedTime>2026-01-02T03:04:05Z</CreatedTime><MessagingSKU>Premium</MessagingSKU>"
						+ "<MessagingUnits>2</MessagingUnits><ModifiedTime>2026-01-02T03:04:05.0000000Z</ModifiedTime>"
						+ "<Name>contoso</Name><NamespaceType>Messaging</NamespaceType>"));
		assertThat(Descriptions.namespace().read(entry))
			.isEqualTo(new NamespaceProperties("contoso", null, "Premium", 2, TIME, TIME));
	}

	@Test
	void whatCannotBeReadIsNamed() {
		assertThatExceptionOfType(MalformedDocumentException.class)
			.isThrownBy(() -> EntityFormat.queues()
				.read(entry("q", described("QueueDescription", "<LockDuration>soon</LockDuration>"))))
			.withMessageContaining("LockDuration")
			.withMessageContaining("soon");
		assertThatExceptionOfType(MalformedDocumentException.class)
			.isThrownBy(() -> EntityFormat.queues()
				.read(entry("q", described("QueueDescription", "<MaxDeliveryCount>-1</MaxDeliveryCount>"))))
			.withMessageContaining("maxDeliveryCount");
		assertThatExceptionOfType(MalformedDocumentException.class)
			.isThrownBy(() -> EntityFormat.queues().read(entry("q", described("TopicDescription", ""))))
			.withMessageContaining("TopicDescription");
	}

	@Test
	void characterThatXmlDoesNotHaveIsRefused() {
		QueueProperties queue = QueueProperties.builder("q").userMetadata("a\u0000b").build();
		assertThatIllegalArgumentException().isThrownBy(() -> EntityFormat.queues().write(queue, Change.CREATE, HOST))
			.withMessageContaining("U+0000");
	}

	private static RuleFilter readFilter(String type) {
		return EntityFormat.rules()
			.read(entry("r", described("RuleDescription", "<Filter i:type=\"" + type
					+ "\"><SqlExpression>1=1</SqlExpression></Filter><Action i:type=\"EmptyRuleAction\"/><Name>r</Name>")))
			.filter();
	}

	private static String root(String name) {
		return "<" + name + " xmlns=\"" + CONNECT + "\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">";
	}

	private static String described(String name, String content) {
		return HEAD + root(name) + content + "</" + name + ">" + TAIL;
	}

	private static Entry entry(String title, String document) {
		String titled = document.replaceFirst("<content", "<title type=\"text\">" + title + "</title><content");
		return Feed.parse(titled.getBytes(StandardCharsets.UTF_8)).entries().get(0);
	}

}
