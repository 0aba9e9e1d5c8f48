package dev.servicebus.boot.autoconfigure;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.TransportType;
import dev.servicebus.client.amqp.ServiceBusClientBuilder;
import dev.servicebus.client.retry.RetryMode;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.listener.FailureOptions;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.SessionFailurePolicy;
import dev.servicebus.listener.SessionOptions;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.listener.StartupPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ServiceBusPropertiesTests {

	@Test
	void optionsHaveTheirDefaultsWhenNothingIsSet() {
		ServiceBusProperties properties = bind(Map.of());
		assertThat(RetryOptionsMapper.client(properties.retry())).isEqualTo(RetryOptions.defaults());
		assertThat(ListenerOptionsMapper.defaults(properties.listener())).isEqualTo(ListenerOptions.builder().build());
		assertThat(properties.emulator().enabled()).isTrue();
		assertThat(properties.emulator().autoCreate()).isTrue();
		assertThat(properties.emulator().port()).isZero();
	}

	@Test
	void metadataTellsTheDefaultsOfTheOptions() throws IOException {
		Map<String, Object> defaults = defaultsOfMetadata();
		ServiceBusProperties properties = bind(defaults);
		assertThat(properties.transportType()).isEqualTo(TransportType.AMQP);
		assertThat(properties.connectTimeout()).isEqualTo(ServiceBusClientBuilder.DEFAULT_CONNECT_TIMEOUT);
		assertThat(properties.sendBufferSize().toBytes()).isEqualTo(ServiceBusClientBuilder.DEFAULT_SEND_BUFFER_BYTES);
		assertThat(properties.generateMessageIds()).isTrue();
		assertThat(properties.crossEntityTransactions()).isFalse();
		assertThat(properties.retry()).hasNoNullFieldsOrProperties();
		assertThat(properties.listener()).hasNoNullFieldsOrProperties();
		assertThat(properties.listener().retry()).hasNoNullFieldsOrPropertiesExcept("queue", "retryable",
				"notRetryable");
		assertThat(RetryOptionsMapper.client(properties.retry())).isEqualTo(RetryOptions.defaults());
		assertThat(ListenerOptionsMapper.defaults(properties.listener())).isEqualTo(ListenerOptions.builder().build());
	}

	@Test
	void everyRetryPropertyReachesItsOption() {
		RetryOptions options = RetryOptionsMapper
			.client(bind(Map.of("servicebus.retry.max-attempts", "7", "servicebus.retry.mode", "fixed",
					"servicebus.retry.delay", "2s", "servicebus.retry.max-delay", "9s", "servicebus.retry.multiplier",
					"3.5", "servicebus.retry.jitter", "0.1", "servicebus.retry.try-timeout", "11s"))
				.retry());
		assertThat(options).isEqualTo(new RetryOptions(7, RetryMode.FIXED, Duration.ofSeconds(2), Duration.ofSeconds(9),
				3.5, 0.1, Duration.ofSeconds(11)));
	}

	@Test
	void everyPropertyOfFailuresReachesItsOption() {
		ListenerOptions options = ListenerOptionsMapper.defaults(bind(Map.of("servicebus.listener.retry.hold-limit",
				"5s", "servicebus.listener.retry.queue", "again", "servicebus.listener.retry.retryable",
				"java.io.IOException", "servicebus.listener.retry.not-retryable",
				"java.io.FileNotFoundException,java.lang.IllegalStateException",
				"servicebus.listener.stop-on-fatal-error", "true", "servicebus.listener.return-exceptions", "true"))
			.listener());
		assertThat(options.failures())
			.isEqualTo(new FailureOptions(Duration.ofSeconds(5), "again", List.of(IOException.class),
					List.of(FileNotFoundException.class, IllegalStateException.class), true, true));
	}

	@Test
	void everyListenerPropertyReachesItsOption() {
		ListenerOptions options = ListenerOptionsMapper
			.defaults(bind(Map.of("servicebus.listener.concurrency", "8", "servicebus.listener.prefetch", "100",
					"servicebus.listener.settlement", "manual", "servicebus.listener.max-lock-renewal", "5m",
					"servicebus.listener.shutdown-timeout", "3s", "servicebus.listener.auto-startup", "false",
					"servicebus.listener.startup-policy", "fail", "servicebus.listener.startup-timeout", "4s",
					"servicebus.listener.retry.max-attempts", "2"))
				.listener());
		assertThat(options).isEqualTo(ListenerOptions.builder()
			.concurrency(8)
			.prefetch(100)
			.settlement(SettlementMode.MANUAL)
			.maxLockRenewal(Duration.ofMinutes(5))
			.shutdownTimeout(Duration.ofSeconds(3))
			.autoStartup(false)
			.startupPolicy(StartupPolicy.FAIL)
			.startupTimeout(Duration.ofSeconds(4))
			.retry((retry) -> retry.mutate().maxAttempts(2).build())
			.build());
	}

	@Test
	void everySessionPropertyReachesItsOption() {
		ListenerOptions options = ListenerOptionsMapper.defaults(bind(Map.of("servicebus.listener.session.enabled",
				"true", "servicebus.listener.session.ids", "a,b", "servicebus.listener.session.idle-timeout", "3s",
				"servicebus.listener.session.max-concurrent-calls", "4", "servicebus.listener.session.failure-policy",
				"park"))
			.listener());
		assertThat(options.sessions()).isEqualTo(
				new SessionOptions(true, List.of("a", "b"), Duration.ofSeconds(3), 4, SessionFailurePolicy.PARK));
	}

	@Test
	void sessionPropertyThatIsOutOfRangeIsReportedWithItsName() {
		ServiceBusProperties properties = bind(Map.of("servicebus.listener.session.idle-timeout", "-1s"));
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> ListenerOptionsMapper.defaults(properties.listener()))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("servicebus.listener.session.idle-timeout"));
	}

	@Test
	void delayBeyondTheLongestOneTakesItAlong() {
		RetryOptions options = RetryOptionsMapper.client(bind(Map.of("servicebus.retry.delay", "5m")).retry());
		assertThat(options.maxDelay()).isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void longestDelayBelowTheFirstOneTakesItAlong() {
		RetryOptions options = RetryOptionsMapper.client(bind(Map.of("servicebus.retry.max-delay", "100ms")).retry());
		assertThat(options.delay()).isEqualTo(Duration.ofMillis(100));
	}

	@Test
	void contradictingDelaysAreRefused() {
		ServiceBusProperties properties = bind(
				Map.of("servicebus.retry.delay", "5s", "servicebus.retry.max-delay", "1s"));
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> RetryOptionsMapper.client(properties.retry()))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("servicebus.retry.max-delay"));
	}

	@Test
	void valueThatIsOutOfRangeIsReportedWithItsProperty() {
		ServiceBusProperties properties = bind(Map.of("servicebus.listener.concurrency", "-1"));
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> ListenerOptionsMapper.defaults(properties.listener()))
			.satisfies((ex) -> {
				assertThat(ex.getName()).isEqualTo("servicebus.listener.concurrency");
				assertThat(ex.getValue()).isEqualTo("-1");
				assertThat(ex.getReason()).contains("at least 1");
			});
	}

	@Test
	void prefetchAndReceiveAndDeleteExcludeEachOther() {
		ServiceBusProperties properties = bind(
				Map.of("servicebus.listener.prefetch", "10", "servicebus.listener.settlement", "receive-and-delete"));
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> ListenerOptionsMapper.defaults(properties.listener()))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("servicebus.listener.prefetch"));
	}

	@Test
	void listenerMayUndoPrefetchOfAllListenersForReceiveAndDelete() {
		ServiceBusProperties properties = bind(
				Map.of("servicebus.listener.prefetch", "10", "servicebus.listeners.audit.prefetch", "0",
						"servicebus.listeners.audit.settlement", "receive-and-delete"));
		ListenerOptions.Builder options = ListenerOptionsMapper.defaults(properties.listener()).mutate();
		ListenerOptionsMapper.overrides(properties.listeners()).customize("audit", options);
		assertThat(options.build().settlement()).isEqualTo(SettlementMode.RECEIVE_AND_DELETE);
		assertThat(options.build().prefetch()).isZero();
	}

	@Test
	void idsWithDotsAreWrittenInBrackets() {
		ServiceBusProperties properties = bind(Map.of("servicebus.listeners[orderHandler.handle].concurrency", "3"));
		assertThat(properties.listeners()).containsOnlyKeys("orderHandler.handle");
		assertThat(properties.listeners().get("orderHandler.handle").concurrency()).isEqualTo("3");
	}

	@Test
	void queueWithoutOptionsIsAQueue() {
		ServiceBusProperties properties = bind(Map.of("servicebus.emulator.queues.orders", "",
				"servicebus.emulator.queues.events.lock-duration", "5s"));
		assertThat(properties.emulator().queues()).containsOnlyKeys("orders", "events");
		assertThat(properties.emulator().queues().get("events").lockDuration()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void environmentVariablesArePropertiesToo() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
							Map.of("SERVICEBUS_CONNECTION_STRING", "text", "SERVICEBUS_RETRY_TRY_TIMEOUT", "5s",
									"SERVICEBUS_LISTENERS_ORDERS_CONCURRENCY", "3")));
		ConfigurationPropertySources.attach(environment);
		ServiceBusProperties properties = Binder.get(environment)
			.bindOrCreate("servicebus", Bindable.of(ServiceBusProperties.class));
		assertThat(properties.connectionString()).isEqualTo("text");
		assertThat(properties.retry().tryTimeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(properties.listeners().get("orders").concurrency()).isEqualTo("3");
		assertThat(environment.getProperty("servicebus.connection-string")).isEqualTo("text");
	}

	@Test
	void emptyConnectionIsRefused() {
		for (String name : List.of("servicebus.connection-string", "servicebus.namespace")) {
			assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of(name, " ")))
				.havingRootCause()
				.withMessageContaining(name + " is set but empty");
		}
	}

	@Test
	void textFormShowsNoSecret() {
		ServiceBusProperties properties = bind(
				Map.of("servicebus.connection-string", "the-key", "servicebus.credential.client-secret", "the-secret",
						"servicebus.credential.client-id", "the-client", "servicebus.proxy.password", "the-password"));
		assertThat(properties.toString()).contains("the-client")
			.doesNotContain("the-key", "the-secret", "the-password");
	}

	private static ServiceBusProperties bind(Map<String, ?> values) {
		Binder binder = new Binder(List.of(new MapConfigurationPropertySource(values)), null,
				ApplicationConversionService.getSharedInstance());
		return binder.bindOrCreate("servicebus", Bindable.of(ServiceBusProperties.class));
	}

	private static Map<String, Object> defaultsOfMetadata() throws IOException {
		Map<String, Object> defaults = new HashMap<>();
		try (InputStream metadata = ServiceBusProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			for (JsonNode property : JsonMapper.builder().build().readTree(metadata).get("properties")) {
				assertThat(property.get("description")).as(property.get("name").asString()).isNotNull();
				if (property.has("defaultValue")) {
					defaults.put(property.get("name").asString(), property.get("defaultValue").asString());
				}
			}
		}
		return defaults;
	}

}
