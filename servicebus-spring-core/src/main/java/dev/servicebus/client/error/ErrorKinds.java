package dev.servicebus.client.error;

import java.util.HashMap;
import java.util.Map;

import dev.servicebus.amqp.ErrorCondition;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.MessageNotFoundException;
import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.client.MessagingEntityAlreadyExistsException;
import dev.servicebus.client.MessagingEntityDisabledException;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusAuthorizationException;
import dev.servicebus.client.ServiceBusCommunicationException;
import dev.servicebus.client.ServiceBusConnectionException;
import dev.servicebus.client.ServiceBusQuotaExceededException;
import dev.servicebus.client.ServiceBusServerBusyException;
import dev.servicebus.client.SessionCannotBeLockedException;
import dev.servicebus.client.SessionLockLostException;
import dev.servicebus.client.TransactionException;
import dev.servicebus.client.error.ErrorKind.Factory;
import org.jspecify.annotations.Nullable;

/**
 * The table of error conditions: one row for each that Service Bus is known to send.
 */
final class ErrorKinds {

	private static final Map<Symbol, ErrorKind> BY_CONDITION = new HashMap<>();

	/** Which condition a response means that carries nothing but a status. */
	private static final Map<Integer, Symbol> BY_STATUS = Map.of(400, VendorCondition.ARGUMENT_ERROR, 401,
			ErrorCondition.UNAUTHORIZED_ACCESS, 403, ErrorCondition.RESOURCE_LIMIT_EXCEEDED, 404,
			ErrorCondition.NOT_FOUND, 408, VendorCondition.TIMEOUT, 409, VendorCondition.ENTITY_ALREADY_EXISTS, 410,
			VendorCondition.MESSAGE_LOCK_LOST, 500, ErrorCondition.INTERNAL_ERROR, 501, ErrorCondition.NOT_IMPLEMENTED,
			503, VendorCondition.SERVER_BUSY);

	static {
		row(ErrorCondition.NOT_FOUND, MessagingEntityNotFoundException::new, Recovery.ENTITY);
		row(ErrorCondition.RESOURCE_DELETED, MessagingEntityNotFoundException::new, Recovery.ENTITY);
		row(VendorCondition.ENTITY_DISABLED, MessagingEntityDisabledException::new, Recovery.ENTITY);
		row(ErrorCondition.RESOURCE_LIMIT_EXCEEDED, ServiceBusQuotaExceededException::new, Recovery.ENTITY);

		row(ErrorCondition.UNAUTHORIZED_ACCESS, ServiceBusAuthorizationException::new, Recovery.AUTHORIZATION);
		row(VendorCondition.AUTH_FAILED, ServiceBusAuthorizationException::new, Recovery.AUTHORIZATION);
		row(VendorCondition.PUBLISHER_REVOKED, ServiceBusAuthorizationException::new, Recovery.AUTHORIZATION);

		row(ErrorCondition.CONNECTION_FORCED, ServiceBusConnectionException::new, Recovery.CONNECTION);
		row(ErrorCondition.FRAMING_ERROR, ServiceBusConnectionException::new, Recovery.CONNECTION);
		row(VendorCondition.CONTAINER_CLOSE, ServiceBusConnectionException::new, Recovery.CONNECTION);
		row("proton:io", ServiceBusCommunicationException::new, Recovery.CONNECTION);
		row("amqp:connection:redirect", null, Recovery.CONNECTION);

		row("amqp:session:window-violation", ServiceBusConnectionException::new, Recovery.SESSION);
		row("amqp:session:errant-link", ServiceBusConnectionException::new, Recovery.SESSION);
		row("amqp:session:handle-in-use", ServiceBusConnectionException::new, Recovery.SESSION);
		row("amqp:session:unattached-handle", ServiceBusConnectionException::new, Recovery.SESSION);

		row(ErrorCondition.DETACH_FORCED, ServiceBusConnectionException::new, Recovery.LINK);
		row(ErrorCondition.TRANSFER_LIMIT_EXCEEDED, ServiceBusConnectionException::new, Recovery.LINK);
		row(ErrorCondition.LINK_STOLEN, null, Recovery.LINK);
		row("amqp:link:redirect", null, Recovery.LINK);
		row(ErrorCondition.INTERNAL_ERROR, null, Recovery.LINK);
		row(ErrorCondition.DECODE_ERROR, null, Recovery.LINK);
		row(ErrorCondition.RESOURCE_LOCKED, null, Recovery.LINK);
		row(ErrorCondition.PRECONDITION_FAILED, null, Recovery.LINK);
		row(ErrorCondition.ILLEGAL_STATE, null, Recovery.LINK);
		row(ErrorCondition.FRAME_SIZE_TOO_SMALL, null, Recovery.LINK);
		row(VendorCondition.STORE_LOCK_LOST, null, Recovery.LINK);
		row(VendorCondition.PARTITION_NOT_OWNED, null, Recovery.LINK);
		row(VendorCondition.SESSION_LOCK_LOST, SessionLockLostException::new, Recovery.LINK);
		row(VendorCondition.SESSION_CANNOT_BE_LOCKED, SessionCannotBeLockedException::new, Recovery.LINK);

		row(VendorCondition.TIMEOUT, OperationTimeoutException::new, Recovery.NONE);
		row(VendorCondition.SERVER_BUSY, ServiceBusServerBusyException::new, Recovery.NONE);
		row(VendorCondition.OPERATION_CANCELLED, null, Recovery.NONE);
		row(VendorCondition.MESSAGE_LOCK_LOST, MessageLockLostException::new, Recovery.NONE);
		row(VendorCondition.MESSAGE_NOT_FOUND, MessageNotFoundException::new, Recovery.NONE);
		row(VendorCondition.SESSION_NOT_FOUND, null, Recovery.NONE);
		row(VendorCondition.NO_MATCHING_SUBSCRIPTION, null, Recovery.NONE);
		row(VendorCondition.PRECONDITION_FAILED, null, Recovery.NONE);
		row(ErrorCondition.TRANSACTION_UNKNOWN_ID, TransactionException::new, Recovery.NONE);
		row(ErrorCondition.TRANSACTION_ROLLBACK, TransactionException::new, Recovery.NONE);
		row(ErrorCondition.TRANSACTION_TIMEOUT, TransactionException::new, Recovery.NONE);

		row(ErrorCondition.MESSAGE_SIZE_EXCEEDED, MessageSizeExceededException::new, Recovery.FATAL);
		row(VendorCondition.ENTITY_ALREADY_EXISTS, MessagingEntityAlreadyExistsException::new, Recovery.FATAL);
		row(ErrorCondition.NOT_ALLOWED, null, Recovery.FATAL);
		row(ErrorCondition.NOT_IMPLEMENTED, null, Recovery.FATAL);
		row(ErrorCondition.INVALID_FIELD, null, Recovery.FATAL);
		row(VendorCondition.ARGUMENT_ERROR, null, Recovery.FATAL);
		row(VendorCondition.ARGUMENT_OUT_OF_RANGE, null, Recovery.FATAL);
	}

	private ErrorKinds() {
	}

	/**
	 * The kind of a condition, {@code null} if it is not known.
	 */
	static @Nullable ErrorKind of(@Nullable Symbol condition) {
		return (condition != null) ? BY_CONDITION.get(condition) : null;
	}

	/**
	 * The kind of a status, {@code null} if it is not known.
	 */
	static @Nullable ErrorKind of(int status) {
		return of(BY_STATUS.get(status));
	}

	private static void row(String condition, @Nullable Factory factory, Recovery recovery) {
		row(Symbol.of(condition), factory, recovery);
	}

	private static void row(Symbol condition, @Nullable Factory factory, Recovery recovery) {
		BY_CONDITION.put(condition, new ErrorKind(factory, recovery));
	}

}
