package dev.servicebus.emulator.admin;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.servicebus.amqp.transport.http.HttpRequest;
import dev.servicebus.amqp.transport.http.HttpResponse;
import dev.servicebus.emulator.admin.atom.XmlElement;
import dev.servicebus.emulator.admin.atom.XmlReader;
import dev.servicebus.emulator.auth.AccessControl;
import dev.servicebus.emulator.auth.AccessRules;
import dev.servicebus.emulator.auth.Authority;
import dev.servicebus.emulator.auth.OpenAuthority;
import dev.servicebus.emulator.auth.TokenVerifier;
import dev.servicebus.emulator.auth.VerifyingAuthority;
import dev.servicebus.emulator.delivery.DeliveryContext;
import dev.servicebus.emulator.delivery.LockTokens;
import dev.servicebus.emulator.entity.Namespace;
import dev.servicebus.emulator.entity.NamespaceOptions;
import dev.servicebus.emulator.time.BrokerClock;
import dev.servicebus.emulator.time.BrokerTimers;
import dev.servicebus.emulator.time.WakeUp;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A feed over a broker in virtual time, and requests to it.
 */
final class TestFeed {

	static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	final AccessRules accessRules = new AccessRules(AccessControl.DEFAULTS);

	final Namespace namespace;

	private final BrokerClock clock = new BrokerClock(InstantSource.fixed(START));

	private final BrokerTimers timers = new BrokerTimers(this.clock, WakeUp.NEVER);

	private final AdministrationFeed feed;

	private TestFeed(boolean verifying) {
		this.namespace = new Namespace(NamespaceOptions.DEFAULTS,
				new DeliveryContext(this.timers, new LockTokens(new Random(42))));
		Authority authority = verifying ? new VerifyingAuthority(new TokenVerifier(this.accessRules))
				: new OpenAuthority();
		this.feed = new AdministrationFeed(new AdministrationContext(this.namespace, this.accessRules, authority,
				this.clock, InstantSource.fixed(START)));
	}

	/**
	 * Everybody may do everything.
	 */
	static TestFeed open() {
		return new TestFeed(false);
	}

	/**
	 * Tokens are verified.
	 */
	static TestFeed verifying() {
		return new TestFeed(true);
	}

	void advance(Duration duration) {
		this.timers.advance(duration);
	}

	HttpResponse get(String target) {
		return send("GET", target, Map.of(), "");
	}

	HttpResponse delete(String target) {
		return send("DELETE", target, Map.of(), "");
	}

	/**
	 * Creates something.
	 */
	HttpResponse create(String target, String description) {
		return send("PUT", target, Map.of(), entry(description));
	}

	/**
	 * Updates something.
	 */
	HttpResponse update(String target, String description) {
		return send("PUT", target, Map.of("If-Match", "*"), entry(description));
	}

	HttpResponse send(String method, String target, Map<String, String> headers, String body) {
		return send(method, target, headers, body.getBytes(StandardCharsets.UTF_8));
	}

	HttpResponse send(String method, String target, Map<String, String> headers, byte[] body) {
		Map<String, String> all = new HashMap<>(headers);
		all.putIfAbsent("Host", "localhost:5300");
		Map<String, String> query = new HashMap<>();
		String[] parts = target.split("\\?", 2);
		if (parts.length > 1) {
			for (String parameter : parts[1].split("&")) {
				query.put(parameter.split("=")[0], parameter.split("=")[1]);
			}
		}
		return this.feed.handle(new HttpRequest(method, parts[0], query, all, body));
	}

	static String entry(String description) {
		return "<entry xmlns=\"http://www.w3.org/2005/Atom\"><content type=\"application/xml\">" + description
				+ "</content></entry>";
	}

	static String text(HttpResponse response) {
		return new String(response.body(), StandardCharsets.UTF_8);
	}

	/**
	 * The description in an entry.
	 */
	static XmlElement description(HttpResponse response) {
		assertThat(response.status()).as(text(response)).isBetween(200, 201);
		XmlElement content = new XmlReader().read(response.body()).child("content");
		assertThat(content).isNotNull();
		return content.children().get(0);
	}

	/**
	 * The titles of the entries of a feed.
	 */
	static List<String> titles(HttpResponse response) {
		assertThat(response.status()).as(text(response)).isEqualTo(200);
		return new XmlReader().read(response.body())
			.children("entry")
			.stream()
			.map((entry) -> entry.childText("title"))
			.toList();
	}

	static void assertRefused(HttpResponse response, int status, int subCode) {
		assertThat(response.status()).as(text(response)).isEqualTo(status);
		XmlElement error = new XmlReader().read(response.body());
		assertThat(error.name()).isEqualTo("Error");
		assertThat(error.childText("Code")).isEqualTo(Integer.toString(status));
		assertThat(error.childText("Detail")).startsWith("SubCode=" + subCode + ". ")
			.contains("TrackingId:", "Timestamp:2026-01-01T00:");
	}

}
