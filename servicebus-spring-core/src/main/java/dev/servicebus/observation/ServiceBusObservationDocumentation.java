package dev.servicebus.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * All observations and their key values. The keys are attributes of OpenTelemetry's
 * semantic conventions for messaging, where there is one.
 */
public enum ServiceBusObservationDocumentation implements ObservationDocumentation {

	/** From the call of a sender to the broker's confirmation. */
	SEND("servicebus.send", DefaultServiceBusSendObservationConvention.class, Entity.values(), Message.values()),

	/** From the call of a listener to its end, which may be that of a future. */
	PROCESS("servicebus.process", DefaultServiceBusProcessObservationConvention.class,
			KeyName.merge(Entity.values(), Processing.values()), Message.values()),

	/** The same with a batch, under the same name. */
	PROCESS_BATCH("servicebus.process", DefaultServiceBusBatchProcessObservationConvention.class,
			KeyName.merge(Entity.values(), Processing.values()), Message.values()),

	/** One call that receives messages. */
	RECEIVE("servicebus.receive", DefaultServiceBusReceiveObservationConvention.class, Entity.values(),
			Message.values()),

	/** From a settlement to the broker's confirmation. */
	SETTLE("servicebus.settle", DefaultServiceBusSettleObservationConvention.class, Entity.values(), Message.values());

	private final String name;

	private final Class<? extends ObservationConvention<? extends Observation.Context>> convention;

	private final KeyName[] lowCardinality;

	private final KeyName[] highCardinality;

	ServiceBusObservationDocumentation(String name,
			Class<? extends ObservationConvention<? extends Observation.Context>> convention, KeyName[] lowCardinality,
			KeyName[] highCardinality) {
		this.name = name;
		this.convention = convention;
		this.lowCardinality = lowCardinality;
		this.highCardinality = highCardinality;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
		return this.convention;
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return this.lowCardinality.clone();
	}

	@Override
	public KeyName[] getHighCardinalityKeyNames() {
		return this.highCardinality.clone();
	}

	@Override
	public String getPrefix() {
		return "";
	}

	/**
	 * Tags of all metrics, and attributes of all spans.
	 */
	public enum Entity implements KeyName {

		/** Always {@code servicebus}. */
		SYSTEM("messaging.system"),

		/** {@code send}, {@code process}, {@code receive} or {@code settle}. */
		OPERATION_TYPE("messaging.operation.type"),

		/**
		 * The same as the type; of a settlement its outcome, such as {@code complete}.
		 */
		OPERATION_NAME("messaging.operation.name"),

		/** The queue or topic. */
		DESTINATION("messaging.destination.name"),

		/** The subscription, {@code none} for a queue. */
		SUBSCRIPTION("messaging.destination.subscription.name"),

		/** The host of the namespace, {@code none} if it is not known. */
		SERVER_ADDRESS("server.address");

		private final String key;

		Entity(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Tags and attributes of what listeners do, beside those of the entity.
	 */
	public enum Processing implements KeyName {

		/** The id of the listener. */
		LISTENER_ID("servicebus.listener.id");

		private final String key;

		Processing(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Attributes of spans only; each is left out where it is not known.
	 */
	public enum Message implements KeyName {

		/** The message id. */
		MESSAGE_ID("messaging.message.id"),

		/** The correlation id. */
		CONVERSATION_ID("messaging.message.conversation_id"),

		/** How many messages, where it is not one. */
		BATCH_COUNT("messaging.batch.message_count"),

		/** How often the message was delivered before. */
		DELIVERY_COUNT("messaging.servicebus.message.delivery_count"),

		/** When the message was enqueued, in seconds since 1970. */
		ENQUEUED_TIME("messaging.servicebus.message.enqueued_time"),

		/** The outcome of a settlement. */
		DISPOSITION("messaging.servicebus.disposition_status");

		private final String key;

		Message(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
