package dev.servicebus.emulator.admin;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.servicebus.amqp.transport.http.HttpResponse;
import dev.servicebus.emulator.admin.atom.XmlElement;
import dev.servicebus.emulator.rule.CorrelationFilter;
import dev.servicebus.emulator.rule.FalseFilter;
import dev.servicebus.emulator.rule.Rule;
import dev.servicebus.emulator.rule.RuleFilter;
import dev.servicebus.emulator.rule.SqlFilter;
import dev.servicebus.emulator.rule.SystemProperty;
import dev.servicebus.emulator.rule.TrueFilter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class RuleFeedTests {

	private static final String RULES = "/news/subscriptions/all/rules";

	private static final String TYPES = "xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\""
			+ " xmlns:l28=\"http://www.w3.org/2001/XMLSchema\"";

	private final TestFeed feed = TestFeed.open();

	@BeforeEach
	void createSubscription() {
		this.feed.create("/news", "<TopicDescription/>");
		this.feed.create("/news/Subscriptions/All", "<SubscriptionDescription/>");
	}

	@Test
	void ruleIsWrittenTheWayClientsReadIt() {
		HttpResponse response = create("Big",
				"""
						<Filter i:type="SqlFilter"><SqlExpression>size &gt; @x</SqlExpression><Parameters>
						<KeyValueOfstringanyType><Key>@x</Key><Value i:type="l28:int">5</Value></KeyValueOfstringanyType>
						</Parameters></Filter><Action i:type="SqlRuleAction"><SqlExpression>SET a = 'b'</SqlExpression></Action>""");

		assertThat(response.status()).isEqualTo(201);
		assertThat(TestFeed.text(response)).contains("""
				<id>https://localhost:5300/news/Subscriptions/All/Rules/Big?api-version=2021-05</id>""", """
				<RuleDescription xmlns="http://schemas.microsoft.com/netservices/2010/10/servicebus/connect"\
				 xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><Filter i:type="SqlFilter">\
				<SqlExpression>size &gt; @x</SqlExpression><CompatibilityLevel>20</CompatibilityLevel>\
				<Parameters><KeyValueOfstringanyType><Key>@x</Key>\
				<Value xmlns:d6p1="http://www.w3.org/2001/XMLSchema" i:type="d6p1:int">5</Value>\
				</KeyValueOfstringanyType></Parameters></Filter><Action i:type="SqlRuleAction">\
				<SqlExpression>SET a = 'b'</SqlExpression><CompatibilityLevel>20</CompatibilityLevel></Action>\
				<CreatedAt>2026-01-01T00:00:00Z</CreatedAt><Name>Big</Name></RuleDescription>""");
	}

	@Test
	void filterIsRecognizedWithAndWithoutItsType() {
		assertThat(filter("<Filter i:type=\"TrueFilter\"><SqlExpression>1=1</SqlExpression></Filter>"))
			.isEqualTo(new TrueFilter());
		assertThat(filter("<Filter i:type=\"FalseFilter\"/>")).isEqualTo(new FalseFilter());
		assertThat(filter("<Filter><SqlExpression>a = 1</SqlExpression></Filter>")).isEqualTo(SqlFilter.parse("a = 1"));
		assertThat(filter("<Filter><Label>x</Label></Filter>"))
			.isEqualTo(new CorrelationFilter(Map.of(SystemProperty.LABEL, "x"), Map.of()));
		assertThat(filter("")).isEqualTo(new TrueFilter());
	}

	@Test
	void valuesKeepTheirTypes() {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("string", " text ");
		values.put("int", 5);
		values.put("long", 5_000_000_000L);
		values.put("boolean", true);
		values.put("double", 1.5);
		values.put("decimal", new BigDecimal("1.10"));
		values.put("dateTime", Instant.parse("2026-01-02T03:04:05Z"));
		values.put("duration", Duration.ofMinutes(90));
		StringBuilder properties = new StringBuilder();
		values.forEach((type, value) -> properties.append("<KeyValueOfstringanyType><Key>of-" + type
				+ "</Key><Value i:type=\"l28:" + type + "\">" + value + "</Value></KeyValueOfstringanyType>"));

		RuleFilter filter = filter(
				"<Filter i:type=\"CorrelationFilter\"><Properties>" + properties + "</Properties></Filter>");

		Map<String, Object> found = ((CorrelationFilter) filter).userProperties();
		values.forEach((type, value) -> assertThat(found.get("of-" + type)).isEqualTo(value));
		XmlElement written = TestFeed.description(this.feed.get(RULES + "/any")).child("Filter");
		assertThat(written.child("Properties").children()).hasSize(values.size())
			.allSatisfy((pair) -> assertThat(pair.childText("Key")).isEqualTo("of-" + pair.child("Value").type()));
	}

	@Test
	void ruleWithoutAnActionHasAnEmptyOne() {
		assertThat(TestFeed.text(this.feed.get(RULES + "/$default"))).contains("""
				<Filter i:type="TrueFilter"><SqlExpression>1=1</SqlExpression>""", """
				<Action i:type="EmptyRuleAction"></Action>""", """
				<title type="text">$Default</title>""");
	}

	@Test
	void updateKeepsNameAndTime() {
		create("Rule", "");
		this.feed.advance(Duration.ofSeconds(1));

		HttpResponse response = this.feed.update(RULES + "/rule",
				"<RuleDescription><Filter><To>x</To></Filter>" + "<Name>ignored</Name></RuleDescription>");

		assertThat(response.status()).isEqualTo(200);
		assertThat(rules()).last().satisfies((rule) -> {
			assertThat(rule.name()).isEqualTo("Rule");
			assertThat(rule.createdAt()).isEqualTo(TestFeed.START);
			assertThat(rule.filter()).isInstanceOf(CorrelationFilter.class);
		});
	}

	@Test
	void rulesAreListedAndDeleted() {
		create("one", "");

		assertThat(TestFeed.titles(this.feed.get(RULES + "?$top=1"))).containsExactly("$Default");
		assertThat(TestFeed.titles(this.feed.get(RULES + "?$skip=1"))).containsExactly("one");
		assertThat(this.feed.delete(RULES + "/$Default").status()).isEqualTo(200);
		assertThat(TestFeed.titles(this.feed.get(RULES + "/"))).containsExactly("one");
		assertThat(TestFeed.titles(this.feed.get("/news/subscriptions"))).containsExactly("All");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<Filter i:type=\"SqlFilter\"/>", "<Filter i:type=\"OtherFilter\"/>", "<Filter/>",
			"<Filter><SqlExpression>a =</SqlExpression></Filter>",
			"<Filter><SqlExpression>a = @missing</SqlExpression></Filter>",
			"<Filter/><Action><SqlExpression>DROP a</SqlExpression></Action>",
			"<Filter><Properties><KeyValueOfstringanyType/></Properties></Filter>",
			"<Filter><Properties><KeyValueOfstringanyType><Key>a</Key><Value i:type='l28:int'>x</Value>"
					+ "</KeyValueOfstringanyType></Properties></Filter>" })
	void rulesThatAreNotValidAreRefused(String content) {
		TestFeed.assertRefused(create("bad", content), 400, 40000);
		assertThat(rules()).hasSize(1);
	}

	@Test
	void missingParentsAndRulesAreNotFound() {
		for (String path : List.of("/none/subscriptions", "/news/subscriptions/none", "/none/subscriptions/all/rules",
				"/news/subscriptions/none/rules", RULES + "/none")) {
			TestFeed.assertRefused(this.feed.get(path), 404, 40400);
		}
		TestFeed.assertRefused(this.feed.update(RULES + "/none", "<RuleDescription/>"), 404, 40400);
		TestFeed.assertRefused(create("$DEFAULT", ""), 409, 40900);
	}

	private RuleFilter filter(String filter) {
		assertThat(create("any", filter).status()).isEqualTo(201);
		RuleFilter created = rules().get(1).filter();
		HttpResponse shown = this.feed.get(RULES + "/any");
		this.feed.update(RULES + "/any", "<RuleDescription/>");
		this.feed.send("PUT", RULES + "/any", Map.of("If-Match", "*"), shown.body());
		assertThat(rules().get(1).filter()).as("what is shown can be written back").isEqualTo(created);
		if (!filter.contains("l28")) {
			this.feed.delete(RULES + "/any");
		}
		return created;
	}

	private HttpResponse create(String name, String content) {
		return this.feed.create(RULES + "/" + name, "<RuleDescription " + TYPES + ">" + content + "</RuleDescription>");
	}

	private List<Rule> rules() {
		return this.feed.namespace.topic("news").subscription("all").rules();
	}

}
