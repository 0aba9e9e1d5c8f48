package dev.servicebus.observation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ListenerDefinition;
import dev.servicebus.listener.container.ListenerThreads;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.SentMessage;
import dev.servicebus.template.ServiceBusTemplate;
import dev.servicebus.template.TemplateOptions;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Templates and containers are observed, and a trace goes on from one to the other.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ObservationsEndToEndTests {

	private static final Duration WAIT = Duration.ofSeconds(10);

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder().queue("orders").build().start();

	private final ServiceBusClient client = ServiceBusClient.builder()
		.connectionString(this.emulator.connectionString())
		.build();

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final ServiceBusObservations observations = ServiceBusObservations.of(this.registry)
		.withServerAddress("contoso");

	private final ServiceBusTemplate template = new ServiceBusTemplate(this.client, ServiceBusMessageConverter.simple(),
			TemplateOptions.builder().observations(this.observations).build());

	private final ListenerThreads threads = ListenerThreads.platform();

	private @Nullable ServiceBusListenerContainer container;

	@BeforeEach
	void trace() {
		this.registry.observationConfig().observationHandler(new RecordedTraces());
	}

	@AfterEach
	void close() {
		if (this.container != null) {
			this.container.stop();
		}
		this.threads.close();
		this.template.close();
		this.client.close();
		this.emulator.close();
	}

	@Test
	void oneTraceGoesFromSendToProcessAndSettle() {
		CompletableFuture<Observation.ContextView> current = new CompletableFuture<>();
		CompletableFuture<ServiceBusReceivedMessage> received = new CompletableFuture<>();
		listen((message, context) -> {
			received.complete(message);
			current.complete(this.registry.getCurrentObservation().getContextView());
		});
		this.template.to("orders").messageId("7").body("order").send();
		String trace = current.join().get(RecordedTraces.TRACE);
		String traceparent = "00-" + trace + "-00f067aa0ba902b7-01";
		assertThat(received.join().applicationProperties()).containsEntry("traceparent", traceparent)
			.containsEntry("tracestate", "vendor=1")
			.containsEntry("Diagnostic-Id", traceparent);
		awaitStopped("servicebus.settle");
		assertThat(this.registry).hasObservationWithNameEqualTo("servicebus.send")
			.that()
			.hasContextualNameEqualTo("send orders")
			.hasLowCardinalityKeyValue("messaging.system", "servicebus")
			.hasLowCardinalityKeyValue("messaging.operation.type", "send")
			.hasLowCardinalityKeyValue("messaging.destination.name", "orders")
			.hasLowCardinalityKeyValue("server.address", "contoso")
			.hasHighCardinalityKeyValue("messaging.message.id", "7")
			.hasBeenStopped();
		assertThat(this.registry).hasObservationWithNameEqualTo("servicebus.process")
			.that()
			.hasLowCardinalityKeyValue("servicebus.listener.id", "orders-listener")
			.hasLowCardinalityKeyValue("messaging.destination.subscription.name", KeyValue.NONE_VALUE)
			.hasHighCardinalityKeyValue("messaging.message.id", "7")
			.hasHighCardinalityKeyValue("messaging.servicebus.message.delivery_count", "0")
			.hasHighCardinalityKeyValueWithKey("messaging.servicebus.message.enqueued_time")
			.hasBeenStopped()
			.doesNotHaveError();
		assertThat(this.registry).hasObservationWithNameEqualTo("servicebus.settle")
			.that()
			.hasParentObservationContextMatching((parent) -> parent.getName().equals("servicebus.process"))
			.hasLowCardinalityKeyValue("messaging.operation.name", "complete")
			.hasBeenStopped();
	}

	@Test
	void diagnosticIdAloneIsRead() {
		assertThat(traceOf(Map.of("Diagnostic-Id", TRACEPARENT))).isEqualTo(TRACE);
	}

	@Test
	void traceparentIsReadBeforeDiagnosticId() {
		String other = TRACEPARENT.replace('4', '5');
		assertThat(traceOf(Map.of("Diagnostic-Id", other, "traceparent", TRACEPARENT))).isEqualTo(TRACE);
	}

	@Test
	void diagnosticIdOfTheOldFormBeginsATrace() {
		assertThat(traceOf(Map.of("Diagnostic-Id", "|7b4b2b.1."))).hasSize(32).isNotEqualTo(TRACE);
	}

	@Test
	void failureOfTheListenerIsRecorded() {
		listen((message, context) -> {
			throw new IllegalStateException("no stock");
		});
		this.template.send("orders", "order");
		awaitStopped("servicebus.settle");
		assertThat(this.registry).hasObservationWithNameEqualTo("servicebus.process")
			.that()
			.hasBeenStopped()
			.assertThatError()
			.isInstanceOf(IllegalStateException.class);
		assertThat(this.registry).hasObservationWithNameEqualTo("servicebus.settle")
			.that()
			.hasLowCardinalityKeyValue("messaging.operation.name", "abandon");
	}

	@Test
	void processingEndsWithTheFuture() {
		CompletableFuture<Void> result = new CompletableFuture<>();
		CompletableFuture<Observation.ContextView> current = new CompletableFuture<>();
		listen((message, context) -> {
			context.settleAfter(result);
			current.complete(this.registry.getCurrentObservation().getContextView());
		});
		this.template.send("orders", "order");
		assertThat(current.join().getName()).isEqualTo("servicebus.process");
		assertThat(this.registry).hasObservationWithNameEqualTo("servicebus.process")
			.that()
			.hasBeenStarted()
			.isNotStopped();
		result.completeExceptionally(new IllegalStateException("too late"));
		awaitStopped("servicebus.process");
		assertThat(this.registry).hasObservationWithNameEqualTo("servicebus.process")
			.that()
			.assertThatError()
			.isInstanceOf(IllegalStateException.class);
	}

	@Test
	void failedSendIsRecorded() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.template.send("nowhere", "order"));
		assertThat(this.registry).hasObservationWithNameEqualTo("servicebus.send").that().hasBeenStopped().hasError();
		CompletableFuture<SentMessage> sent = this.template.sendAsync("nowhere", "order");
		Awaitility.await().until(sent::isDone);
		assertThat(this.registry).hasNumberOfObservationsWithNameEqualTo("servicebus.send", 2)
			.forAllObservationsWithNameEqualTo("servicebus.send", (send) -> send.hasError());
	}

	@Test
	void manyMessagesAreOneObservationOfWhichEachContinuesTheTrace() {
		this.template.sendAll("orders", List.of("one", "two"));
		assertThat(this.registry).hasNumberOfObservationsWithNameEqualTo("servicebus.send", 1)
			.hasObservationWithNameEqualTo("servicebus.send")
			.that()
			.hasHighCardinalityKeyValue("messaging.batch.message_count", "2");
		assertThat(this.template.receiveMessages("orders", 2, WAIT)).hasSize(2)
			.allSatisfy((message) -> assertThat(message.applicationProperties()).containsKey("traceparent"));
	}

	@Test
	void receivingAndSettlingOfTheTemplateAreObserved() {
		this.template.send("orders", "order");
		this.template.receive("orders", String.class, WAIT);
		assertThat(this.registry).hasObservationWithNameEqualTo("servicebus.receive")
			.that()
			.hasContextualNameEqualTo("receive orders")
			.hasHighCardinalityKeyValue("messaging.batch.message_count", "1")
			.hasBeenStopped();
		assertThat(this.registry).hasObservationWithNameEqualTo("servicebus.settle")
			.that()
			.hasContextualNameEqualTo("complete orders")
			.hasBeenStopped();
	}

	@Test
	void observationsThatArePredicatedAwayCostNoProperty() {
		this.registry.observationConfig().observationPredicate((name, context) -> !name.startsWith("servicebus."));
		this.template.send("orders", "order");
		List<ServiceBusReceivedMessage> messages = this.template.receiveMessages("orders", 1, WAIT);
		assertThat(messages).hasSize(1);
		assertThat(messages.get(0).applicationProperties()).isEmpty();
	}

	@Test
	void ownConventionIsUsed() {
		ServiceBusSendObservationConvention named = new DefaultServiceBusSendObservationConvention() {
			@Override
			public String getName() {
				return "shop.send";
			}
		};
		ServiceBusObservations own = this.observations
			.withConventions(new ServiceBusObservationConventions(named, null, null, null, null));
		try (ServiceBusTemplate other = new ServiceBusTemplate(this.client, ServiceBusMessageConverter.simple(),
				TemplateOptions.builder().observations(own).build())) {
			other.send("orders", "order");
		}
		assertThat(this.registry).hasObservationWithNameEqualTo("shop.send");
	}

	private String traceOf(Map<String, Object> properties) {
		CompletableFuture<Observation.ContextView> current = new CompletableFuture<>();
		listen((message, context) -> current.complete(this.registry.getCurrentObservation().getContextView()));
		this.client.sender("orders").send(ServiceBusMessage.builder().applicationProperties(properties).build());
		return current.join().get(RecordedTraces.TRACE);
	}

	private void listen(MessageListener listener) {
		ListenerDefinition definition = new ListenerDefinition("orders-listener", ListenerTarget.queue("orders"),
				listener, (failure) -> Outcome.abandon(), ListenerOptions.builder().build());
		this.container = new ServiceBusListenerContainer(definition, new ContainerServices(this.client,
				this.threads.executor(), this.threads.scheduler(), new Random(1), new ListenerMonitor() {
				})
			.withObservations(this.observations));
		this.container.start();
	}

	private void awaitStopped(String name) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.registry).hasObservationWithNameEqualTo(name).that().hasBeenStopped());
	}

}
