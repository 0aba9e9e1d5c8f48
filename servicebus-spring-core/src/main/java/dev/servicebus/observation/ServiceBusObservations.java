package dev.servicebus.observation;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Begins the observations of templates and listener containers. Immutable and
 * thread-safe.
 */
public final class ServiceBusObservations {

	/** Observes nothing. */
	public static final ServiceBusObservations NOOP = of(ObservationRegistry.NOOP);

	private final ObservationRegistry registry;

	private final ServiceBusObservationConventions conventions;

	private final @Nullable String serverAddress;

	private ServiceBusObservations(ObservationRegistry registry, ServiceBusObservationConventions conventions,
			@Nullable String serverAddress) {
		this.registry = Objects.requireNonNull(registry, "registry");
		this.conventions = Objects.requireNonNull(conventions, "conventions");
		this.serverAddress = serverAddress;
	}

	/**
	 * Observations by the default conventions.
	 * @param registry hears of them
	 */
	public static ServiceBusObservations of(ObservationRegistry registry) {
		return new ServiceBusObservations(registry, ServiceBusObservationConventions.DEFAULT, null);
	}

	public ServiceBusObservations withConventions(ServiceBusObservationConventions newConventions) {
		return new ServiceBusObservations(this.registry, newConventions, this.serverAddress);
	}

	/**
	 * The same for a namespace.
	 * @param host its name, {@code null} if it is not known
	 */
	public ServiceBusObservations withServerAddress(@Nullable String host) {
		return new ServiceBusObservations(this.registry, this.conventions, host);
	}

	/**
	 * Returns whether nobody hears of observations, so that there is no need to begin
	 * any.
	 */
	public boolean isNoop() {
		return this.registry.isNoop();
	}

	/**
	 * The entity that a receiver with these options reads.
	 */
	public ObservedEntity entity(ReceiverOptions options) {
		String subQueue = options.path().substring(options.entityPath().length());
		return new ObservedEntity(options.entity() + subQueue, options.subscription(), this.serverAddress);
	}

	/**
	 * The same sender, with each send observed.
	 */
	public ServiceBusSender observe(ServiceBusSender sender) {
		return isNoop() ? sender : new ObservedSender(sender, this);
	}

	/**
	 * Begins to observe messages that are sent.
	 * @param destination the queue or topic
	 */
	public SendObservation send(String destination, List<ServiceBusMessage> messages) {
		return send(new ServiceBusSendContext(entity(destination), messages, messages.size()));
	}

	/**
	 * Begins to observe a batch that is encoded, so that no trace can be added to it.
	 */
	SendObservation send(String destination, int messageCount) {
		return send(new ServiceBusSendContext(entity(destination), List.of(), messageCount));
	}

	private SendObservation send(ServiceBusSendContext context) {
		Observation observation = ServiceBusObservationDocumentation.SEND.start(this.conventions.send(),
				new DefaultServiceBusSendObservationConvention(), () -> context, this.registry);
		return new SendObservation(observation, context);
	}

	/**
	 * Begins to observe the processing of a message.
	 * @return is stopped by the caller
	 */
	public QuietObservation process(ObservedEntity entity, String listenerId, ServiceBusReceivedMessage message) {
		return QuietObservation.start(this.registry,
				() -> ServiceBusObservationDocumentation.PROCESS.observation(this.conventions.process(),
						new DefaultServiceBusProcessObservationConvention(),
						() -> new ServiceBusProcessContext(entity, listenerId, message), this.registry));
	}

	/**
	 * Begins to observe the processing of a batch.
	 * @return is stopped by the caller
	 */
	public QuietObservation process(ObservedEntity entity, String listenerId,
			List<ServiceBusReceivedMessage> messages) {
		return QuietObservation.start(this.registry,
				() -> ServiceBusObservationDocumentation.PROCESS_BATCH.observation(this.conventions.batch(),
						new DefaultServiceBusBatchProcessObservationConvention(),
						() -> new ServiceBusBatchProcessContext(entity, listenerId, messages), this.registry));
	}

	/**
	 * Receives, and observes it.
	 */
	public List<ServiceBusReceivedMessage> receive(ReceiverOptions options,
			Supplier<List<ServiceBusReceivedMessage>> receiving) {
		if (isNoop()) {
			return receiving.get();
		}
		ServiceBusReceiveContext context = new ServiceBusReceiveContext(entity(options));
		Observation observation = ServiceBusObservationDocumentation.RECEIVE.observation(this.conventions.receive(),
				new DefaultServiceBusReceiveObservationConvention(), () -> context, this.registry);
		return observation.observe(() -> {
			List<ServiceBusReceivedMessage> messages = receiving.get();
			context.received(messages.size());
			return messages;
		});
	}

	/**
	 * Settles a message and waits for that, and observes it.
	 */
	public void settle(ReceiverOptions options, ServiceBusReceivedMessage message, Disposition disposition,
			Runnable settlement) {
		if (isNoop()) {
			settlement.run();
			return;
		}
		settlement(new ServiceBusSettleContext(entity(options), message, disposition)).observe(settlement);
	}

	/**
	 * Begins to observe the settlement of a message.
	 * @param parent what the settlement is a part of, {@code null} for the current
	 * observation of the thread
	 * @return is stopped by the caller
	 */
	public QuietObservation settle(ServiceBusSettleContext context, @Nullable Observation parent) {
		return QuietObservation.start(this.registry, () -> {
			Observation observation = settlement(context);
			return (parent != null) ? observation.parentObservation(parent) : observation;
		});
	}

	private Observation settlement(ServiceBusSettleContext context) {
		return ServiceBusObservationDocumentation.SETTLE.observation(this.conventions.settle(),
				new DefaultServiceBusSettleObservationConvention(), () -> context, this.registry);
	}

	private ObservedEntity entity(String destination) {
		return new ObservedEntity(destination, null, this.serverAddress);
	}

}
