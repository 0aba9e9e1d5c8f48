package dev.servicebus.emulator.admin;

import java.util.EnumSet;
import java.util.Map;

import dev.servicebus.amqp.transport.http.HttpResponse;
import dev.servicebus.emulator.auth.AccessControl;
import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.auth.Right;
import dev.servicebus.emulator.auth.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class FeedAccessTests {

	private static final long EXPIRY = TestFeed.START.getEpochSecond() + 60;

	private static final String ROOT = AccessControl.DEFAULT_RULE_NAME;

	private final TestFeed feed = TestFeed.verifying();

	@BeforeEach
	void createEntities() {
		this.feed.namespace.createQueue("orders");
		this.feed.namespace.createTopic("news");
		this.feed.namespace.createSubscription("news", "all");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://localhost", "https://localhost/orders?api-version=2021-05", "localhost:5673",
			"http://other:1/ORDERS/" })
	void tokenIsForTheNamespaceOrTheEntity(String resource) {
		assertThat(get("/orders", token(resource, ROOT, AccessControl.DEFAULT_KEY)).status()).isEqualTo(200);
	}

	@Test
	void tokenMayFollowTheNameOfAScheme() {
		String token = token("https://localhost", ROOT, AccessControl.DEFAULT_KEY);

		assertThat(get("/$Resources/queues", "Bearer " + token).status()).isEqualTo(200);
	}

	@Test
	void refusalsNameTheirReason() {
		TestFeed.assertRefused(this.feed.get("/orders"), 401, 40102);
		TestFeed.assertRefused(get("/orders", "Basic x"), 401, 40105);
		TestFeed.assertRefused(get("/orders", token("https://localhost", ROOT, "wrong")), 401, 40103);
		TestFeed.assertRefused(get("/orders", token("https://localhost", "other", "key")), 401, 40103);
		TestFeed.assertRefused(get("/orders", token("https://localhost/news", ROOT, AccessControl.DEFAULT_KEY)), 401,
				40104);
		TestFeed.assertRefused(
				get("/orders", Tokens.token("https://localhost", EXPIRY - 61, ROOT, AccessControl.DEFAULT_KEY)), 401,
				40106);
	}

	@Test
	void missingEntityIsNoSecretOfThoseWhoMayManage() {
		String token = token("https://localhost", ROOT, AccessControl.DEFAULT_KEY);

		TestFeed.assertRefused(get("/none", token), 404, 40400);
		TestFeed.assertRefused(this.feed.get("/none"), 401, 40102);
	}

	@Test
	void onlyTheRightToManageIsEnough() {
		rule("news", "listener", Right.LISTEN);
		rule("news", "manager", Right.MANAGE);
		String listener = token("https://localhost/news", "listener", "key");
		String manager = token("https://localhost/news", "manager", "key");

		TestFeed.assertRefused(get("/news", listener), 401, 40100);
		TestFeed.assertRefused(get("/news/subscriptions/all", listener), 401, 40100);
		assertThat(get("/news/subscriptions/all/rules", listener).status()).isEqualTo(200);
		assertThat(get("/news/subscriptions/all/rules/$Default", listener).status()).isEqualTo(200);
		TestFeed.assertRefused(delete("/news/subscriptions/all/rules/$Default", listener), 401, 40100);
		assertThat(get("/news", manager).status()).isEqualTo(200);
		assertThat(delete("/news/subscriptions/all/rules/$Default", manager).status()).isEqualTo(200);
		TestFeed.assertRefused(get("/orders", manager), 401, 40103);
		TestFeed.assertRefused(get("/$Resources/queues", manager), 401, 40103);
	}

	@Test
	void rulesOfAnEntityHoldOnceTheyAreSet() {
		String root = token("https://localhost", ROOT, AccessControl.DEFAULT_KEY);
		String entry = TestFeed.entry("""
				<QueueDescription><AuthorizationRules><AuthorizationRule><Rights><AccessRights>Manage</AccessRights>
				<AccessRights>Send</AccessRights><AccessRights>Listen</AccessRights></Rights><KeyName>own</KeyName>
				<PrimaryKey>key</PrimaryKey></AuthorizationRule></AuthorizationRules></QueueDescription>""");
		String own = token("https://localhost/orders", "own", "key");
		TestFeed.assertRefused(get("/orders", own), 401, 40103);

		this.feed.send("PUT", "/orders", Map.of("Authorization", root, "If-Match", "*"), entry);

		assertThat(get("/orders", own).status()).isEqualTo(200);
		assertThat(TestFeed.description(get("/orders", own)).child("AuthorizationRules").children()).hasSize(1);
		this.feed.send("PUT", "/orders", Map.of("Authorization", root, "If-Match", "*"),
				TestFeed.entry("<QueueDescription><AuthorizationRules/></QueueDescription>"));
		TestFeed.assertRefused(get("/orders", own), 401, 40103);
	}

	private void rule(String entity, String name, Right right) {
		this.feed.accessRules.change(
				(rules) -> rules.withEntityRule(entity, new AuthorizationRule(name, "key", null, EnumSet.of(right))));
	}

	private HttpResponse get(String target, String token) {
		return this.feed.send("GET", target, Map.of("Authorization", token), "");
	}

	private HttpResponse delete(String target, String token) {
		return this.feed.send("DELETE", target, Map.of("Authorization", token), "");
	}

	private static String token(String resource, String rule, String key) {
		return Tokens.token(resource, EXPIRY, rule, key);
	}

}
