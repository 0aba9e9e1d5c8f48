package dev.servicebus.annotation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Mistakes in every attribute, one class of mistakes a test. The context stops with a
 * message that names bean, method, attribute and value.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AttributeRefusalTests {

	/** The attributes of the annotation; the other options are in its properties. */
	private static final List<String> ALONE = List.of("id", "namespace", "queue", "topic", "subscription", "subQueue",
			"concurrency", "prefetch", "sessions", "batch", "settlement", "transactional", "retry", "returnExceptions",
			"replyContentType", "maxLockRenewal", "autoStartup", "errorHandler", "filter", "converter", "info",
			"executor", "containerFactory");

	@ParameterizedTest
	@CsvSource(quoteCharacter = '~', delimiter = '|',
			value = { "concurrency | -1 | at least 1", "concurrency | 0 | at least 1", "concurrency | 8-2 | 8-2",
					"prefetch | -1 | must not be negative", "prefetch | 5001 | must not be above 5000",
					"maxLockRenewal | -1s | must not be negative", "batch | -5 | 1 to 5000", "batch | 5001 | 1 to 5000",
					"retry | fixed -1s | must", "retry | attempts 0 | at least 1", "retry | jitter 2 | jitter",
					"retry | exponential 1s x0 | multiplier", "sessionMaxConcurrentCalls | 0 | at least 1",
					"sessionIdleTimeout | 0s | must be positive", "shutdownTimeout | -1s | must not be negative",
					"startupTimeout | -1s | must not be negative", "idleEventInterval | -1s | must not be negative",
					"retryHoldLimit | -1s | must not be negative" })
	void numberOutOfItsRange(String attribute, String value, String reason) {
		assertRefused(attribute, value, reason);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '~', delimiter = '|', value = { "concurrency | many | whole number",
			"concurrency | 2- | 2-", "prefetch | lots | whole number", "sessions | maybe | true or false",
			"transactional | perhaps | true or false", "autoStartup | later | true or false",
			"returnExceptions | no | true or false", "stopOnFatalError | 1 | true or false",
			"maxLockRenewal | long | expected a duration", "shutdownTimeout | 5 parsecs | expected a duration",
			"startupTimeout | soon | expected a duration", "idleEventInterval | never | expected a duration",
			"retryHoldLimit | short | expected a duration", "sessionIdleTimeout | x | expected a duration",
			"batch | 10, soon | 'soon' is neither", "batch | 99999999999 | 1 to 5000",
			"retry | often | 'often' is neither", "retry | attempts many | 'many' after 'attempts' is not a number",
			"retry | 5s xy | 'y' after 'x' is not a number", "retry | fixed 5s max | a value is missing after 'max'",
			"retry | none 5s | 'none' contradicts", "settlement | later | [auto, always, manual, receive-and-delete]",
			"subQueue | cellar | [none, dead-letter, transfer-dead-letter]",
			"sessionFailurePolicy | forget | [hold, skip, park]", "startupPolicy | try | [",
			"retryable | com.example.Nothing | there is no class 'com.example.Nothing'",
			"notRetryable | java.lang.String | 'java.lang.String' is not an exception",
			"replyContentType | json | json" })
	void valueThatCannotBeRead(String attribute, String value, String reason) {
		assertRefused(attribute, value, reason);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '~', delimiter = '|',
			value = { "errorHandler | nobody | 'nobody'", "errorHandler | client | FakeClient",
					"filter | nobody | 'nobody'", "filter | client | FakeClient", "executor | nobody | 'nobody'",
					"executor | client | FakeClient", "converter | nobody | 'nobody'",
					"converter | client | FakeClient", "containerFactory | nobody | 'nobody'",
					"containerFactory | client | FakeClient", "errorHandler | #{1} | java.lang.Integer",
					"converter | #{1} | java.lang.Integer", "namespace | nowhere | nowhere",
					"errorHandler | #{@nobody} | nobody", "queue | ${nowhere} | nowhere",
					"concurrency | ${nowhere} | nowhere", "info | #{nobody.x} | nobody" })
	void beanOrPropertyThatDoesNotExist(String attribute, String value, String reason) {
		Throwable failure = start(Shop.class, Map.of(attribute, value));
		assertThat(failure).isInstanceOf(InvalidListenerException.class)
			.hasMessageContainingAll("'Shop.handle(List)' of bean 'shop'", "attribute " + attribute + " = ", reason);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '~', delimiter = '|',
			value = { "colour=blue | there is no option of this name", "shutdownTimeout | expected name=value",
					"concurrency=3 | concurrency is set twice", "retryQueue= | blank" })
	void propertyThatIsNone(String property, String reason) {
		Throwable failure = start(Shop.class, Map.of("concurrency", "2", "properties", property));
		assertThat(failure).isInstanceOf(InvalidListenerException.class)
			.hasMessageContainingAll("'Shop.handle(List)' of bean 'shop'", reason);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '~', delimiter = '|', value = {
			"topic=events | attributes queue = ~orders~, topic = ~events~ and subscription = ~~ contradict",
			"subscription=audit | queue = ~orders~, topic = ~~ and subscription = ~audit~ contradict",
			"queue=;topic=events | topic = ~events~ and subscription = ~~ only make sense together",
			"queue=;subscription=audit | topic = ~~ and subscription = ~audit~ only make sense together",
			"queue= | name a queue",
			"namespace=eu;containerFactory=serviceBusListenerContainerFactory | namespace = ~eu~ and containerFactory = ~${",
			"sessionIdleTimeout=5s | sessionIdleTimeout = ~5s~: only has a meaning with sessions",
			"sessions=true;subQueue=dead-letter | sub-queues have none",
			"settlement=receive-and-delete;prefetch=5 | prefetch must be 0 with settlement RECEIVE_AND_DELETE",
			"settlement=receive-and-delete;retryQueue=later | RECEIVE_AND_DELETE and a retry queue contradict",
			"settlement=manual;transactional=true | transactional listener needs settlement AUTO",
			"sessions=true;retryQueue=later | cannot have a retry queue",
			"returnExceptions=true | returnExceptions = ~true~: has no meaning for a batch",
			"retryQueue=orders | it is the queue itself" })
	void attributesThatContradictEachOther(String attributes, String reason) {
		assertThat(start(Shop.class, attributes(attributes))).isInstanceOf(InvalidListenerException.class)
			.hasMessageContainingAll("'Shop.handle(List)' of bean 'shop'", reason.replace('~', '"'));
	}

	private static void assertRefused(String attribute, String value, String reason) {
		boolean option = ALONE.contains(attribute);
		Map<String, Object> attributes = option ? Map.of(attribute, value)
				: Map.of("properties", attribute + "=" + value);
		assertThat(start(Shop.class, attributes)).isInstanceOf(InvalidListenerException.class)
			.hasMessageContainingAll("'Shop.handle(List)' of bean 'shop'",
					"attribute " + attribute + " = \"" + value + "\": ", reason);
	}

	private static Map<String, Object> attributes(String text) {
		Map<String, Object> attributes = new HashMap<>();
		for (String attribute : text.split(";")) {
			String[] parts = attribute.split("=", 2);
			boolean alone = ALONE.contains(parts[0]);
			attributes.put(alone ? parts[0] : "properties", alone ? parts[1] : attribute);
		}
		return attributes;
	}

	/** Fails with the refusal, after which nothing may be left behind. */
	private static Throwable start(Class<?> listener, Map<String, Object> attributes) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", attributes));
			context.register(ListenerTestConfiguration.class);
			context.registerBean("shop", listener);
			AtomicReference<ServiceBusListenerEndpointRegistry> registry = new AtomicReference<>();
			context.addBeanFactoryPostProcessor((beans) -> beans.addBeanPostProcessor(new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					if (bean instanceof ServiceBusListenerEndpointRegistry found) {
						registry.set(found);
					}
					return bean;
				}

			}));
			Throwable failure = catchThrowable(context::refresh);
			if (registry.get() != null) {
				assertThat(registry.get().getListenerContainers()).isEmpty();
			}
			return failure;
		}
	}

	static class Shop {

		@ServiceBusListener(id = "${id:}", namespace = "${namespace:}", queue = "${queue:orders}", topic = "${topic:}",
				subscription = "${subscription:}", subQueue = "${subQueue:}", concurrency = "${concurrency:}",
				prefetch = "${prefetch:}", sessions = "${sessions:}", batch = "${batch:}",
				settlement = "${settlement:}", transactional = "${transactional:}", retry = "${retry:}",
				returnExceptions = "${returnExceptions:}", replyContentType = "${replyContentType:}",
				maxLockRenewal = "${maxLockRenewal:}", autoStartup = "${autoStartup:}",
				errorHandler = "${errorHandler:}", filter = "${filter:}", converter = "${converter:}",
				info = "${info:}", executor = "${executor:}", containerFactory = "${containerFactory:}",
				properties = "${properties:idleEventInterval=0s}")
		CompletableFuture<Void> handle(List<String> orders) {
			return CompletableFuture.completedFuture(null);
		}

	}

}
