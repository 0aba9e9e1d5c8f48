package dev.servicebus.observation;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;

/**
 * Makes a span of each batch that a listener processes, with a link to the span of each
 * message. Observations know of no links, so the handlers of Micrometer Tracing cannot do
 * that; this one has to be asked before them. Thread-safe.
 */
public final class ServiceBusBatchTracingHandler implements TracingObservationHandler<ServiceBusBatchProcessContext> {

	private final Tracer tracer;

	public ServiceBusBatchTracingHandler(Tracer tracer) {
		this.tracer = tracer;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ServiceBusBatchProcessContext;
	}

	@Override
	public void onStart(ServiceBusBatchProcessContext context) {
		Span parent = getParentSpan(context);
		Span.Builder builder = this.tracer.spanBuilder()
			.kind(Span.Kind.CONSUMER)
			.remoteServiceName(MessagingKeyValues.SYSTEM);
		builder = (parent != null) ? builder.setParent(parent.context()) : builder.setNoParent();
		for (TraceLink link : context.links()) {
			builder = builder.addLink(new Link(traceContext(link)));
		}
		getTracingContext(context).setSpan(builder.start());
	}

	private TraceContext traceContext(TraceLink link) {
		return this.tracer.traceContextBuilder()
			.traceId(link.traceId())
			.spanId(link.spanId())
			.sampled(link.sampled())
			.build();
	}

	@Override
	public void onStop(ServiceBusBatchProcessContext context) {
		Span span = getRequiredSpan(context);
		span.name(getSpanName(context));
		tagSpan(context, span);
		endSpan(context, span);
	}

	@Override
	public Tracer getTracer() {
		return this.tracer;
	}

}
