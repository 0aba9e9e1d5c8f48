package dev.servicebus.observation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ListenerDefinition;
import dev.servicebus.listener.container.ListenerThreads;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.template.ServiceBusTemplate;
import dev.servicebus.template.TemplateOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spans of batches, made by OpenTelemetry.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BatchTracingTests {

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder()
		.queue("orders")
		.queue("invoices")
		.build()
		.start();

	private final ServiceBusClient client = ServiceBusClient.builder()
		.connectionString(this.emulator.connectionString())
		.build();

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final ServiceBusObservations observations = ServiceBusObservations.of(this.registry);

	private final ServiceBusTemplate template = new ServiceBusTemplate(this.client, ServiceBusMessageConverter.simple(),
			TemplateOptions.builder().observations(this.observations).build());

	private final ListenerThreads threads = ListenerThreads.platform();

	private final InMemorySpanExporter spans = InMemorySpanExporter.create();

	private final SdkTracerProvider tracing = SdkTracerProvider.builder()
		.addSpanProcessor(SimpleSpanProcessor.create(this.spans))
		.build();

	private @Nullable ServiceBusListenerContainer container;

	@BeforeEach
	void trace() {
		OtelTracer tracer = new OtelTracer(this.tracing.get("test"), new OtelCurrentTraceContext(), (event) -> {
		});
		OtelPropagator propagator = new OtelPropagator(
				ContextPropagators.create(W3CTraceContextPropagator.getInstance()), this.tracing.get("test"));
		this.registry.observationConfig()
			.observationHandler(new ObservationHandler.FirstMatchingCompositeObservationHandler(
					new ServiceBusBatchTracingHandler(tracer),
					new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
					new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
					new DefaultTracingObservationHandler(tracer)));
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
		this.tracing.close();
	}

	@Test
	void spanOfABatchIsLinkedToTheTracesOfItsMessages() {
		this.template.send("orders", "a");
		this.template.send("orders", "b");
		send(Map.of("Diagnostic-Id", TRACEPARENT));
		send(Map.of("traceparent", "not a trace"));
		listen((messages, context) -> {
		});
		SpanData process = awaitSpan("process orders");
		List<SpanData> sent = spans("send orders");
		assertThat(process.getLinks()).extracting((link) -> link.getSpanContext().getSpanId())
			.containsExactly(sent.get(0).getSpanId(), sent.get(1).getSpanId(), "00f067aa0ba902b7");
		assertThat(process.getLinks()).extracting(LinkData::getSpanContext)
			.extracting((context) -> context.getTraceId(), (context) -> context.isSampled())
			.last()
			.hasToString("(\"" + TRACE + "\", true)");
		assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
		assertThat(process.getParentSpanId()).isEqualTo(SpanId.getInvalid());
		assertThat(process.getAttributes().asMap()).containsEntry(key("messaging.batch.message_count"), "4")
			.containsEntry(key("messaging.operation.type"), "process")
			.containsEntry(key("messaging.destination.name"), "orders")
			.containsEntry(key("servicebus.listener.id"), "batches")
			.doesNotContainKey(key("messaging.message.id"));
	}

	@Test
	void whatTheListenerSendsAndTheSettlementsAreOfTheTraceOfTheBatch() {
		send(Map.of());
		send(Map.of());
		send(Map.of());
		send(Map.of());
		CompletableFuture<Void> end = new CompletableFuture<>();
		listen((messages, context) -> {
			this.template.send("invoices", "one");
			context.settleAfter(end);
		});
		awaitSpan("send invoices");
		assertThat(spans("process orders")).as("it has not ended").isEmpty();
		end.complete(null);
		SpanData process = awaitSpan("process orders");
		Awaitility.await().until(() -> spans("complete orders").size() == 4);
		assertThat(spans("complete orders")).extracting(SpanData::getParentSpanId).containsOnly(process.getSpanId());
		assertThat(spans("send invoices")).extracting(SpanData::getParentSpanId).containsExactly(process.getSpanId());
	}

	@Test
	void failureOfABatchOrOfOneOfItsMessagesIsRecorded() {
		send(Map.of());
		send(Map.of());
		send(Map.of());
		send(Map.of());
		listen((messages, context) -> {
			if (messages.get(0).deliveryCount() == 0 && context.messages().get(0).attempt() == 1) {
				throw new IllegalStateException("no database");
			}
			context.fail(1, new IllegalArgumentException("no stock"));
		});
		Awaitility.await().until(() -> spans("process orders").size() >= 2);
		assertThat(spans("process orders")).allSatisfy((span) -> {
			assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			assertThat(span.getEvents()).hasSize(1);
		});
	}

	private void send(Map<String, String> properties) {
		ServiceBusMessage.Builder message = ServiceBusMessage.builder().body("body");
		properties.forEach(message::applicationProperty);
		this.client.sender("orders").send(message.build());
	}

	private SpanData awaitSpan(String name) {
		Awaitility.await().until(() -> !spans(name).isEmpty());
		return spans(name).get(0);
	}

	private List<SpanData> spans(String name) {
		return this.spans.getFinishedSpanItems().stream().filter((span) -> span.getName().equals(name)).toList();
	}

	private static AttributeKey<String> key(String name) {
		return AttributeKey.stringKey(name);
	}

	private void listen(BatchMessageListener listener) {
		ListenerOptions options = ListenerOptions.builder()
			.batch((batch) -> batch.withSize(4).withMaxWait(Duration.ofSeconds(2)))
			.retry(RetryOptions.builder().maxAttempts(2).delay(Duration.ofMillis(1)).build())
			.build();
		ServiceBusListenerContainer started = new ServiceBusListenerContainer(
				new ListenerDefinition("batches", ListenerTarget.queue("orders"), listener, ErrorHandler.PROPOSED,
						options),
				new ContainerServices(this.client, this.threads.executor(), this.threads.scheduler(), new Random(),
						new ListenerMonitor() {
						})
					.withObservations(this.observations));
		started.start();
		this.container = started;
	}

}
