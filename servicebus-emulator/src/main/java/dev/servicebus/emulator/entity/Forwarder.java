package dev.servicebus.emulator.entity;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.emulator.delivery.Arrival;
import dev.servicebus.emulator.delivery.Consumer;
import dev.servicebus.emulator.delivery.ConsumerRegistration;
import dev.servicebus.emulator.delivery.DeadLetterReason;
import dev.servicebus.emulator.delivery.DeliveryQueue;
import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.store.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Takes every message of one queue or sub-queue and passes it on to another entity. What
 * that refuses, or what has come too far already, becomes a dead letter here.
 */
final class Forwarder implements Consumer {

	private final EntityContext context;

	private final DeliveryQueue source;

	private final DeliveryQueue failures;

	private final @Nullable String deadLetterSource;

	private @Nullable String target;

	private @Nullable ConsumerRegistration registration;

	/**
	 * Creates a forwarder that does nothing yet.
	 * @param context finds the target
	 * @param source whose messages go on
	 * @param failures takes those that cannot
	 * @param deadLetterSource the path of the entity if the source holds its dead letters
	 */
	Forwarder(EntityContext context, DeliveryQueue source, DeliveryQueue failures, @Nullable String deadLetterSource) {
		this.context = context;
		this.source = source;
		this.failures = failures;
		this.deadLetterSource = deadLetterSource;
	}

	/**
	 * Forwards from now on to the entity of that path, to none if it is {@code null}.
	 */
	void forwardTo(@Nullable String path) {
		this.target = path;
		if (path == null && this.registration != null) {
			this.registration.cancel();
			this.registration = null;
		}
		else if (path != null && this.registration == null) {
			this.registration = this.source.register(this);
			this.registration.demandChanged();
		}
	}

	@Override
	public ReceiveMode receiveMode() {
		return ReceiveMode.RECEIVE_AND_DELETE;
	}

	@Override
	public int demand() {
		return (this.target != null) ? Integer.MAX_VALUE : 0;
	}

	@Override
	public void deliver(BrokerMessage message) {
		Origin origin = originOf(message);
		if (this.target == null || origin.hops() > DeadLetterReason.MAX_HOPS) {
			this.failures.adopt(message, DeadLetterReason.maxTransferHopCountExceeded());
			return;
		}
		try {
			this.context.targets()
				.apply(this.target)
				.takeForwarded(new Arrival(contentOf(message), origin, EntityOptions.FOREVER));
		}
		catch (BrokerException ex) {
			this.failures.adopt(message, reason(message, ex));
		}
	}

	/**
	 * Begins anew when the entity may be received from again.
	 */
	@Override
	public void ended(BrokerException reason) {
		this.registration = null;
	}

	private Map<String, String> reason(BrokerMessage message, BrokerException refusal) {
		boolean withoutSession = message.content().sessionId() == null
				&& refusal.error() == BrokerError.SESSION_ID_MISSING;
		return withoutSession ? DeadLetterReason.sessionIdIsNull() : DeadLetterReason.notForwarded(refusal);
	}

	/**
	 * The message with what has been set on it since it was sent, so that rules of its
	 * new entity can see that.
	 */
	private static MessageContent contentOf(BrokerMessage message) {
		MessageContent content = message.content();
		if (message.modifiedProperties().isEmpty()) {
			return content;
		}
		Map<String, @Nullable Object> properties = new LinkedHashMap<>(content.applicationProperties());
		properties.putAll(message.modifiedProperties());
		return content.withProperties(Map.of(), properties);
	}

	private Origin originOf(BrokerMessage message) {
		Origin before = message.origin();
		int hops = (before != null) ? before.hops() + 1 : 1;
		long number = (before != null) ? before.sequenceNumber() : message.sequenceNumber();
		String from = (this.deadLetterSource != null || before == null) ? this.deadLetterSource
				: before.deadLetterSource();
		return new Origin(hops, number, from);
	}

}
