package dev.servicebus.emulator.admin;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.transport.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A changed request must end in an answer: the document is read, or refused with a status
 * of the client's fault. The system property {@code servicebus.fuzz.runs} sets the number
 * of changed requests.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class AdministrationFeedFuzzTests {

	private static final int RUNS = Integer.getInteger("servicebus.fuzz.runs", 20_000);

	private static final String TYPES = " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\""
			+ " xmlns:d6p1=\"http://www.w3.org/2001/XMLSchema\"";

	private static final Map<String, String> DOCUMENTS = Map.of("/queue", """
			<QueueDescription><LockDuration>PT1M</LockDuration><MaxSizeInMegabytes>1024</MaxSizeInMegabytes>
			<RequiresSession>true</RequiresSession><DefaultMessageTimeToLive>P10675199DT2H48M5.477S
			</DefaultMessageTimeToLive><MaxDeliveryCount>10</MaxDeliveryCount><AuthorizationRules><AuthorizationRule
			i:type="SharedAccessAuthorizationRule"><Rights><AccessRights>Send</AccessRights></Rights><KeyName>own
			</KeyName><PrimaryKey>key</PrimaryKey></AuthorizationRule></AuthorizationRules><Status>Active</Status>
			<UserMetadata><![CDATA[a<b]]>&amp;&#65;</UserMetadata><AutoDeleteOnIdle>PT5M</AutoDeleteOnIdle>
			</QueueDescription>""", "/topic", """
			<TopicDescription><RequiresDuplicateDetection>true</RequiresDuplicateDetection>
			<DuplicateDetectionHistoryTimeWindow>P0DT0H10M0S</DuplicateDetectionHistoryTimeWindow>
			<EnablePartitioning>false</EnablePartitioning></TopicDescription>""", "/news/subscriptions/sub", """
			<SubscriptionDescription><DefaultRuleDescription><Filter i:type="SqlFilter"><SqlExpression>a = @x
			</SqlExpression><Parameters><KeyValueOfstringanyType><Key>@x</Key><Value i:type="d6p1:int">5</Value>
			</KeyValueOfstringanyType></Parameters></Filter><Action i:type="SqlRuleAction"><SqlExpression>SET a = 'b'
			</SqlExpression></Action><Name>one</Name></DefaultRuleDescription></SubscriptionDescription>""",
			"/news/subscriptions/all/rules/rule", """
					<RuleDescription><Filter i:type="CorrelationFilter"><Label>l</Label><Properties>
					<KeyValueOfstringanyType><Key>d</Key><Value i:type="d6p1:dateTime">2026-01-02T03:04:05Z</Value>
					</KeyValueOfstringanyType><KeyValueOfstringanyType><Key>n</Key><Value i:type="d6p1:double">1.5
					</Value></KeyValueOfstringanyType></Properties></Filter></RuleDescription>""");

	private static final String[] REMARKABLE = { "", "-1", "1e999", "99999999999999999999", "P999999999Y", "PT", "INF",
			"&#0;", "&x;", "<!DOCTYPE a [<!ENTITY x 'y'>]>", "<a>", "</a>", "]]>", "<![CDATA[", "<!--", "<?x ", "true",
			"i:nil=\"true\"", "d6p1:base64Binary", "\uD83D\uDE00", "-999999999-01-01T00:00:00Z", "@", "'", "$Default" };

	private int refused;

	@Test
	void changedRequestsAreAnswered() {
		long seed = new Random().nextLong();
		for (int i = 0; i < RUNS; i++) {
			Random random = new Random(seed + i);
			try {
				tryOut(random);
			}
			catch (Throwable ex) {
				throw new AssertionError("seed " + (seed + i), ex);
			}
		}
		assertThat(this.refused).as("requests refused").isBetween(RUNS / 5, RUNS - 1);
	}

	private void tryOut(Random random) {
		TestFeed feed = TestFeed.open();
		feed.namespace.createTopic("news");
		feed.namespace.createSubscription("news", "all");
		List<String> paths = DOCUMENTS.keySet().stream().sorted().toList();
		String path = paths.get(random.nextInt(paths.size()));
		String document = TestFeed.entry(DOCUMENTS.get(path).replaceFirst("Description", "Description" + TYPES));
		String target = (random.nextInt(4) > 0) ? path : mutateText(path, random);
		HttpResponse response = feed.send("PUT", target, Map.of(),
				mutate(document.getBytes(StandardCharsets.UTF_8), random));
		assertThat(response.status()).isIn(201, 400, 404, 405, 409);
		if (response.status() == 201) {
			assertThat(feed.get(target).body()).as("what was created can be shown").isNotEmpty();
		}
		else {
			this.refused++;
		}
	}

	private static String mutateText(String text, Random random) {
		String mutated = new String(mutate(text.getBytes(StandardCharsets.UTF_8), random), StandardCharsets.UTF_8);
		return "/" + mutated.replace("?", "");
	}

	private static byte[] mutate(byte[] original, Random random) {
		byte[] bytes = original.clone();
		for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
			int index = random.nextInt(bytes.length);
			switch (random.nextInt(6)) {
				case 0 -> bytes[index] = (byte) random.nextInt();
				case 1, 2, 3 -> bytes = replaceValue(bytes, index, random);
				case 4 -> bytes = splice(bytes, index, index + random.nextInt(bytes.length - index), new byte[0]);
				default -> bytes = splice(bytes, random.nextInt(bytes.length), index, bytes);
			}
		}
		return bytes;
	}

	/**
	 * Puts something remarkable where a text stands, so that the document mostly stays
	 * well-formed.
	 */
	private static byte[] replaceValue(byte[] bytes, int from, Random random) {
		int start = from;
		while (start < bytes.length && bytes[start] != '>') {
			start++;
		}
		int end = Math.min(start + 1, bytes.length);
		while (end < bytes.length && bytes[end] != '<') {
			end++;
		}
		return splice(bytes, Math.min(start + 1, bytes.length), end,
				REMARKABLE[random.nextInt(REMARKABLE.length)].getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] splice(byte[] bytes, int start, int end, byte[] middle) {
		int tail = Math.max(start, end);
		byte[] spliced = Arrays.copyOf(bytes, start + middle.length + bytes.length - tail);
		System.arraycopy(middle, 0, spliced, start, middle.length);
		System.arraycopy(bytes, tail, spliced, start + middle.length, bytes.length - tail);
		return spliced;
	}

}
