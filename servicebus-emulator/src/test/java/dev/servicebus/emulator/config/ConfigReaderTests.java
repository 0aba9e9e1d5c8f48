package dev.servicebus.emulator.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.rule.CorrelationFilter;
import dev.servicebus.emulator.rule.RuleDefinition;
import dev.servicebus.emulator.rule.SystemProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class ConfigReaderTests {

	private static final EntityOptions FORMAT_DEFAULTS = EntityOptions.builder()
		.lockDuration(Duration.ofMinutes(1))
		.maxDeliveryCount(3)
		.defaultTimeToLive(Duration.ofHours(1))
		.build();

	private final ConfigReader reader = new ConfigReader();

	@Test
	void queuesAreReadWithEveryField() {
		EmulatorConfig config = everyField();

		assertThat(config.namespace()).isEqualTo("sbemulatorns");
		assertThat(config.queues()).containsExactly(
				new QueueDefinition("orders",
						EntityOptions.builder()
							.deadLetteringOnMessageExpiration(true)
							.defaultTimeToLive(Duration.ofDays(14).plusHours(12))
							.duplicateDetectionWindow(Duration.ofMinutes(5))
							.forwardDeadLetteredMessagesTo("Parked/Orders")
							.lockDuration(Duration.ofSeconds(30))
							.maxDeliveryCount(2000)
							.requiresSession(true)
							.build()),
				new QueueDefinition("parked/orders",
						FORMAT_DEFAULTS.mutate().defaultTimeToLive(EntityOptions.FOREVER).forwardTo("events").build()),
				new QueueDefinition("plain", FORMAT_DEFAULTS));
	}

	@Test
	void topicsAreReadWithEveryField() {
		TopicDefinition topic = everyField().topics().get(0);

		assertThat(topic.name()).isEqualTo("events");
		assertThat(topic.options()).isEqualTo(FORMAT_DEFAULTS.mutate()
			.defaultTimeToLive(Duration.ofMinutes(10))
			.duplicateDetectionWindow(Duration.ofMinutes(1))
			.build());
		assertThat(topic.subscriptions()).extracting(SubscriptionDefinition::name)
			.containsExactly("audit", "everything");
		assertThat(topic.subscriptions().get(0).options()).isEqualTo(EntityOptions.builder()
			.deadLetteringOnMessageExpiration(true)
			.defaultTimeToLive(Duration.ofMinutes(5))
			.lockDuration(Duration.ofSeconds(45))
			.maxDeliveryCount(7)
			.forwardDeadLetteredMessagesTo("plain")
			.build());
		assertThat(topic.subscriptions().get(1))
			.isEqualTo(new SubscriptionDefinition("everything", FORMAT_DEFAULTS, List.of()));
	}

	@Test
	void rulesAreReadWithEveryField() {
		List<RuleDefinition> rules = everyField().topics().get(0).subscriptions().get(0).rules();

		assertThat(rules).containsExactly(
				RuleDefinition.of("by-properties",
						new CorrelationFilter(
								Map.of(SystemProperty.CONTENT_TYPE, "application/json", SystemProperty.CORRELATION_ID,
										"c1", SystemProperty.LABEL, "subject1", SystemProperty.MESSAGE_ID, "m1",
										SystemProperty.REPLY_TO, "r1", SystemProperty.REPLY_TO_SESSION_ID, "rs1",
										SystemProperty.SESSION_ID, "s1"),
								Map.of("text", "a", "whole", 3L, "fraction", 2.5, "truth", true))),
				RuleDefinition.sql("$Default", "sys.MessageId = '123' AND color = 'red'")
					.withAction("SET color = 'blue'"));
	}

	@Test
	void duplicateDetectionWithoutWindowHasTheWindowOfTheFormat() {
		assertThat(queueWith("\"RequiresDuplicateDetection\": true").duplicateDetectionWindow())
			.isEqualTo(Duration.ofSeconds(20));
		assertThat(queueWith("\"DuplicateDetectionHistoryTimeWindow\": \"PT1M\"").duplicateDetectionWindow()).isNull();
	}

	@Test
	void nullIsTheDefault() {
		assertThat(queueWith("\"ForwardTo\": null, \"MaxDeliveryCount\": null, \"LockDuration\": null"))
			.isEqualTo(FORMAT_DEFAULTS);
	}

	@Test
	void sectionsWithoutMeaningHereMayBeMissing() {
		EmulatorConfig config = read("\uFEFF{\"UserConfig\": {\"Namespaces\": [{\"Name\": \"mine\"}]}}");

		assertThat(config).isEqualTo(new EmulatorConfig("mine", List.of(), List.of()));
	}

	@Test
	void fileIsReadAndNamedInErrors(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("config.json"), namespace("\"Queues\": [{\"Name\": \"q\"}]"));
		assertThat(this.reader.read(file).queues()).hasSize(1);

		Path missing = directory.resolve("missing.json");
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> this.reader.read(missing))
			.withMessage(missing + ": there is no such file");
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> this.reader.read(directory))
			.withMessageStartingWith(directory + ": the file cannot be read");
	}

	private EntityOptions queueWith(String properties) {
		return read(namespace("\"Queues\": [{\"Name\": \"q\", \"Properties\": {" + properties + "}}]")).queues()
			.get(0)
			.options();
	}

	private EmulatorConfig read(String json) {
		return this.reader.read("config.json", json.getBytes(StandardCharsets.UTF_8));
	}

	private EmulatorConfig everyField() {
		return this.reader.read("every-field.json", resource("every-field.json"));
	}

	static String namespace(String fields) {
		return "{\"UserConfig\": {\"Namespaces\": [{\"Name\": \"ns\", " + fields
				+ "}], \"Logging\": {\"Type\": \"File\"}}}";
	}

	static byte[] resource(String name) {
		try (InputStream input = ConfigReaderTests.class.getResourceAsStream(name)) {
			return Objects.requireNonNull(input).readAllBytes();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
