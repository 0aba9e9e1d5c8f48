package dev.servicebus.observation;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.message.ServiceBusMessage;

/**
 * An observation of messages that are being sent. Whoever began it ends it, once.
 * Thread-safe.
 */
public final class SendObservation {

	private final Observation observation;

	private final List<ServiceBusMessage> messages;

	SendObservation(Observation observation, ServiceBusSendContext context) {
		this.observation = observation;
		Map<String, String> trace = context.getCarrier();
		this.messages = (trace == null || trace.isEmpty()) ? context.messages()
				: context.messages().stream().map((message) -> TraceProperties.write(message, trace)).toList();
	}

	/**
	 * The messages with what lets their receiver go on with the trace, in their order.
	 * These are to be sent.
	 */
	public List<ServiceBusMessage> messages() {
		return this.messages;
	}

	/**
	 * Does work while the observation is the current one of the thread, and ends it.
	 */
	public <T extends @Nullable Object> T call(Supplier<T> sending) {
		try (Observation.Scope scope = this.observation.openScope()) {
			return sending.get();
		}
		catch (Throwable ex) {
			this.observation.error(ex);
			throw ex;
		}
		finally {
			this.observation.stop();
		}
	}

	/**
	 * Like {@link #call(Supplier)}.
	 */
	public void run(Runnable sending) {
		this.<@Nullable Object>call(() -> {
			sending.run();
			return null;
		});
	}

	/**
	 * Ends the observation.
	 * @param failure why the messages were not sent, {@code null} if they were
	 */
	public void end(@Nullable Throwable failure) {
		if (failure != null) {
			this.observation.error(AsyncFailures.unwrap(failure));
		}
		this.observation.stop();
	}

}
