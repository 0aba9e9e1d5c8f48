package dev.servicebus.amqp.engine;

import java.util.Map;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.type.Symbol;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Modified;
import org.apache.qpid.proton.amqp.messaging.Outcome;
import org.apache.qpid.proton.amqp.messaging.Received;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.transaction.Declared;
import org.apache.qpid.proton.amqp.transaction.TransactionalState;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.jspecify.annotations.Nullable;

/**
 * Translates delivery states and errors between our values and the engine's.
 */
final class ProtonStates {

	/**
	 * One instance, so that consecutive rejections can leave as one range.
	 */
	private static final Rejected REJECTED = new Rejected();

	private ProtonStates() {
	}

	static org.apache.qpid.proton.amqp.transport.DeliveryState toProton(DeliveryState state) {
		if (state instanceof DeliveryState.Accepted) {
			return Accepted.getInstance();
		}
		if (state instanceof DeliveryState.Released) {
			return Released.getInstance();
		}
		if (state instanceof DeliveryState.Rejected rejected) {
			return toProton(rejected);
		}
		if (state instanceof DeliveryState.Modified modified) {
			return toProton(modified);
		}
		if (state instanceof DeliveryState.Transactional transactional) {
			TransactionalState result = new TransactionalState();
			result.setTxnId(new Binary(transactional.transactionId()));
			if (transactional.outcome() != null) {
				result.setOutcome((Outcome) toProton(transactional.outcome()));
			}
			return result;
		}
		if (state instanceof DeliveryState.Declared declared) {
			Declared result = new Declared();
			result.setTxnId(new Binary(declared.transactionId()));
			return result;
		}
		DeliveryState.Received received = (DeliveryState.Received) state;
		Received result = new Received();
		result.setSectionNumber(UnsignedInteger.valueOf(received.sectionNumber()));
		result.setSectionOffset(UnsignedLong.valueOf(received.sectionOffset()));
		return result;
	}

	private static Rejected toProton(DeliveryState.Rejected rejected) {
		if (rejected.error() == null) {
			return REJECTED;
		}
		Rejected result = new Rejected();
		result.setError(toProton(rejected.error()));
		return result;
	}

	@SuppressWarnings("unchecked")
	private static Modified toProton(DeliveryState.Modified modified) {
		Modified result = new Modified();
		if (modified.deliveryFailed() != null) {
			result.setDeliveryFailed(modified.deliveryFailed());
		}
		if (modified.undeliverableHere() != null) {
			result.setUndeliverableHere(modified.undeliverableHere());
		}
		if (!modified.annotations().isEmpty()) {
			result.setMessageAnnotations(
					(Map<org.apache.qpid.proton.amqp.Symbol, Object>) ProtonTypes.toProton(modified.annotations()));
		}
		return result;
	}

	static @Nullable DeliveryState fromProton(org.apache.qpid.proton.amqp.transport.@Nullable DeliveryState state) {
		if (state instanceof Accepted) {
			return DeliveryState.Accepted.INSTANCE;
		}
		if (state instanceof Released) {
			return DeliveryState.Released.INSTANCE;
		}
		if (state instanceof Rejected rejected) {
			return new DeliveryState.Rejected(fromProton(rejected.getError()));
		}
		if (state instanceof Modified modified) {
			Map<?, ?> annotations = modified.getMessageAnnotations();
			return new DeliveryState.Modified(modified.getDeliveryFailed(), modified.getUndeliverableHere(),
					(annotations != null) ? ProtonTypes.fromProtonNullableFields(annotations) : Map.of());
		}
		if (state instanceof TransactionalState transactional) {
			return new DeliveryState.Transactional(ProtonTypes.toBytes(transactional.getTxnId()),
					fromProton((org.apache.qpid.proton.amqp.transport.DeliveryState) transactional.getOutcome()));
		}
		if (state instanceof Declared declared) {
			return new DeliveryState.Declared(ProtonTypes.toBytes(declared.getTxnId()));
		}
		if (state instanceof Received received) {
			return new DeliveryState.Received(received.getSectionNumber().longValue(),
					received.getSectionOffset().longValue());
		}
		return null;
	}

	/**
	 * Always writes the info, even if there is none: fields at the end that are null are
	 * left out, and Azure's Python SDK fails when it looks for the third one.
	 */
	static ErrorCondition toProton(AmqpError error) {
		ErrorCondition condition = new ErrorCondition(ProtonTypes.toProton(error.condition()), error.description());
		Map<org.apache.qpid.proton.amqp.Symbol, Object> info = ProtonTypes.toProtonFields(error.info());
		condition.setInfo((info != null) ? info : Map.of());
		return condition;
	}

	static @Nullable AmqpError fromProton(@Nullable ErrorCondition condition) {
		if (condition == null || condition.getCondition() == null) {
			return null;
		}
		return new AmqpError(Symbol.of(condition.getCondition().toString()), condition.getDescription(),
				ProtonTypes.fromProtonFields(condition.getInfo()));
	}

}
