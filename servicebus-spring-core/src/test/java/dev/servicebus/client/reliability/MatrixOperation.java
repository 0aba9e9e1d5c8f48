package dev.servicebus.client.reliability;

import java.util.function.Function;

import dev.servicebus.emulator.Faults;
import dev.servicebus.emulator.fault.FaultSpec;

/**
 * A column of the fault matrix: an operation, and where in the conversation with the
 * broker it can be hit.
 */
enum MatrixOperation {

	SEND((faults) -> faults.onSend("orders"), true),

	SEND_BATCH((faults) -> faults.onSend("orders"), true),

	SCHEDULE((faults) -> faults.onRequest("orders"), true),

	CANCEL((faults) -> faults.onRequest("orders"), false),

	RECEIVE((faults) -> faults.onDeliver("orders"), true),

	COMPLETE((faults) -> faults.onSettle("orders"), false),

	RENEW_LOCK((faults) -> faults.onRequest("orders"), true),

	PEEK((faults) -> faults.onRequest("orders"), true),

	ACCEPT_SESSION((faults) -> faults.onAttachReceiver("sessions"), true),

	SET_STATE((faults) -> faults.onRequest("sessions"), true),

	GET_STATE((faults) -> faults.onRequest("sessions"), true),

	RECEIVE_DEFERRED((faults) -> faults.onRequest("orders"), false),

	LIST_RULES((faults) -> faults.onRequest("events/Subscriptions/audit"), true),

	ADD_RULE((faults) -> faults.onRequest("events/Subscriptions/audit"), false),

	TRANSACTION((faults) -> faults.onSend("orders"), false);

	private final Function<Faults, FaultSpec> point;

	private final boolean repeatable;

	MatrixOperation(Function<Faults, FaultSpec> point, boolean repeatable) {
		this.point = point;
		this.repeatable = repeatable;
	}

	FaultSpec at(Faults faults) {
		return this.point.apply(faults);
	}

	/**
	 * Returns whether doing it a second time gives the same result as the first time.
	 */
	boolean isRepeatable() {
		return this.repeatable;
	}

}
