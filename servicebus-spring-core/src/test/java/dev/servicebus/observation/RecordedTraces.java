package dev.servicebus.observation;

import java.util.Locale;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * The least of a tracer: each observation is of a trace, which it has from its sender or
 * its parent, or begins.
 */
final class RecordedTraces implements ObservationHandler<Observation.Context> {

	static final String TRACE = "trace";

	private int count;

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

	@Override
	@SuppressWarnings("unchecked")
	public void onStart(Observation.Context context) {
		String trace = (context instanceof ReceiverContext<?> receiver) ? read((ReceiverContext<Object>) receiver)
				: parent(context);
		String known = (trace != null) ? trace : next();
		context.put(TRACE, known);
		if (context instanceof SenderContext<?> sender && sender.getKind() == Kind.PRODUCER) {
			SenderContext<Object> carrying = (SenderContext<Object>) sender;
			carrying.getSetter().set(carrying.getCarrier(), "traceparent", "00-" + known + "-00f067aa0ba902b7-01");
			carrying.getSetter().set(carrying.getCarrier(), "tracestate", "vendor=1");
		}
	}

	private static @Nullable String read(ReceiverContext<Object> context) {
		String traceparent = context.getGetter().get(context.getCarrier(), "traceparent");
		return (traceparent != null) ? traceparent.substring(3, 35) : null;
	}

	private static @Nullable String parent(Observation.Context context) {
		return (context.getParentObservation() != null) ? context.getParentObservation().getContextView().get(TRACE)
				: null;
	}

	private synchronized String next() {
		return String.format(Locale.ROOT, "%032x", ++this.count);
	}

}
