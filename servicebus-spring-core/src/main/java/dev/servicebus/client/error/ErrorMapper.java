package dev.servicebus.client.error;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.AmqpLink.LinkEnd;
import dev.servicebus.amqp.endpoint.ConnectionListener.CloseReason;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageSendFailedException;
import dev.servicebus.client.MessageSettleFailedException;
import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.client.ServiceBusCommunicationException;
import dev.servicebus.client.ServiceBusConnectionException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.error.ErrorKind.Factory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the exception that a program sees from what a broker said. In every method
 * {@code where} names the operation and the entity; the rest of it is filled in here.
 *
 * <p>
 * A condition that is not known becomes a plain, transient {@link ServiceBusException}.
 */
public final class ErrorMapper {

	private static final Symbol TRACKING_ID = Symbol.of("com.microsoft:tracking-id");

	private static final Pattern TRACKING_ID_TEXT = Pattern.compile("TrackingId:([^,\\s]+)");

	private ErrorMapper() {
	}

	/**
	 * Maps an error that a peer stated.
	 */
	public static ServiceBusException ofError(ErrorContext where, AmqpError error) {
		return make(ErrorKinds.of(error.condition()), ServiceBusException::new, context(where, error), null);
	}

	/**
	 * Maps the end of a link.
	 */
	public static ServiceBusException ofLinkEnd(ErrorContext where, LinkEnd end) {
		if (end.error() != null) {
			return ofError(where, end.error());
		}
		return new ServiceBusConnectionException(where.withDescription(switch (end.cause()) {
			case LOCAL -> "this side closed the link";
			case REFUSED -> "the broker refused the link without saying why";
			case REMOTE -> "the broker detached the link without saying why";
			case PARENT -> "the session or connection of the link ended";
		}));
	}

	/**
	 * Maps the end of a connection.
	 */
	public static ServiceBusException ofConnectionEnd(ErrorContext where, CloseReason reason) {
		ErrorContext context = (reason.error() != null) ? context(where, reason.error())
				: where.withDescription(describe(reason));
		return switch (reason.kind()) {
			case AUTHENTICATION -> new ServiceBusAuthenticationException(context, reason.cause());
			case TRANSPORT -> new ServiceBusCommunicationException(context, reason.cause());
			case LOCAL -> new ServiceBusConnectionException(context, reason.cause());
			// An idle connection, for example, is closed with a condition that means a
			// used up quota anywhere else.
			case REMOTE -> (reason.error() != null && Recovery.of(reason) != Recovery.CONNECTION)
					? ofError(where, reason.error()) : new ServiceBusConnectionException(context, reason.cause());
		};
	}

	/**
	 * Maps the response of a management node that reports a failure.
	 * @param where operation and entity
	 * @param status its status code
	 * @param condition its error condition, if it carries one
	 * @param description its status description, if it carries one
	 */
	public static ServiceBusException ofResponse(ErrorContext where, int status, @Nullable Symbol condition,
			@Nullable String description) {
		ErrorKind kind = ErrorKinds.of(condition);
		if (kind == null) {
			kind = ErrorKinds.of(status);
		}
		return make(kind, ServiceBusException::new, response(where, status, condition, description), null);
	}

	/**
	 * Maps the response of {@code $cbs} that refuses a token.
	 * @param where operation and entity
	 * @param status its status code
	 * @param description its status description, if it carries one
	 */
	public static ServiceBusException ofTokenResponse(ErrorContext where, int status, @Nullable String description) {
		if (status == 400 || status == 401) {
			return new ServiceBusAuthenticationException(response(where, status, null, description));
		}
		return ofResponse(where, status, null, description);
	}

	/**
	 * Maps the outcome of a sent message that is not {@code accepted}.
	 * @param where operation and entity
	 * @param outcome the outcome, {@code null} if the broker settled without naming one
	 */
	public static ServiceBusException ofSendOutcome(ErrorContext where, @Nullable DeliveryState outcome) {
		return ofOutcome(where, outcome, MessageSendFailedException::new);
	}

	/**
	 * Maps the outcome that answers a settlement and is not the one that was asked for.
	 * @param where operation and entity
	 * @param outcome the outcome, {@code null} if the broker settled without naming one
	 */
	public static ServiceBusException ofSettleOutcome(ErrorContext where, @Nullable DeliveryState outcome) {
		return ofOutcome(where, outcome, MessageSettleFailedException::new);
	}

	/**
	 * Maps the outcome of a command to a coordinator that is not what was hoped for.
	 * @param where the operation
	 * @param outcome the outcome, {@code null} if the broker settled without naming one
	 */
	public static ServiceBusException ofCoordinatorOutcome(ErrorContext where, @Nullable DeliveryState outcome) {
		return ofOutcome(where, outcome, ServiceBusException::new);
	}

	private static ServiceBusException ofOutcome(ErrorContext where, @Nullable DeliveryState outcome,
			Factory fallback) {
		if (outcome == null) {
			return new UnknownOutcomeException(where.withDescription("the broker settled without naming an outcome"));
		}
		if (outcome instanceof DeliveryState.Rejected rejected && rejected.error() != null) {
			AmqpError error = rejected.error();
			return make(ErrorKinds.of(error.condition()), fallback, context(where, error), null);
		}
		String name = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
		return fallback.apply(where.withDescription("the broker answered '" + name + "' and gave no reason"), null);
	}

	private static ServiceBusException make(@Nullable ErrorKind kind, Factory fallback, ErrorContext context,
			@Nullable Throwable cause) {
		Factory factory = (kind != null) ? kind.factory() : null;
		return ((factory != null) ? factory : fallback).apply(context, cause);
	}

	private static ErrorContext context(ErrorContext where, AmqpError error) {
		return new ErrorContext(where.operation(), where.entityPath(), error.condition().toString(), null,
				error.description(), trackingId(error.info(), error.description()));
	}

	private static ErrorContext response(ErrorContext where, int status, @Nullable Symbol condition,
			@Nullable String description) {
		return new ErrorContext(where.operation(), where.entityPath(),
				(condition != null) ? condition.toString() : null, status, description,
				trackingId(Map.of(), description));
	}

	private static @Nullable String trackingId(Map<Symbol, Object> info, @Nullable String description) {
		Object stated = info.get(TRACKING_ID);
		if (stated != null) {
			return stated.toString();
		}
		Matcher matcher = TRACKING_ID_TEXT.matcher((description != null) ? description : "");
		return matcher.find() ? matcher.group(1) : null;
	}

	private static String describe(CloseReason reason) {
		return switch (reason.kind()) {
			case LOCAL -> "this side closed the connection";
			case REMOTE -> "the broker closed the connection without saying why";
			case AUTHENTICATION -> "the broker refused the SASL exchange";
			case TRANSPORT -> (reason.cause() != null) ? describe(reason.cause()) : "the transport broke";
		};
	}

	private static String describe(Throwable failure) {
		Throwable cause = failure.getCause();
		String detail = (cause != null) ? cause.getMessage() : null;
		String text = String.valueOf(failure.getMessage());
		return (detail == null || text.contains(detail)) ? text : text + " (" + detail + ")";
	}

}
