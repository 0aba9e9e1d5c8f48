package dev.servicebus.client.admin.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLHandshakeException;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessagingEntityAlreadyExistsException;
import dev.servicebus.client.MessagingEntityConflictException;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.client.ServiceBusAuthorizationException;
import dev.servicebus.client.ServiceBusCommunicationException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusQuotaExceededException;
import dev.servicebus.client.ServiceBusServerBusyException;
import dev.servicebus.client.admin.atom.ServiceError;
import org.jspecify.annotations.Nullable;

/**
 * Makes the exception that a program sees from what the management feed said.
 */
final class FeedErrors {

	private static final Pattern SUB_CODE = Pattern.compile("SubCode=(\\d{5})");

	private static final Pattern TRACKING_ID = Pattern.compile("TrackingId:([^,\\s]+)");

	/** Whatever a peer repeats of what it was sent. */
	private static final Pattern SECRET = Pattern.compile("(?i)(sig=|bearer\\s+|(?:Primary|Secondary)Key>)[^&\\s<;,]+");

	/** The token is good, but lacks a claim. */
	private static final Set<Integer> MISSING_CLAIM = Set.of(0, 40100);

	private static final int INVALID_OPERATION = 40301;

	private static final int OPERATION_IN_PROGRESS = 40901;

	private FeedErrors() {
	}

	/**
	 * Maps an answer that reports a failure.
	 */
	static ServiceBusException ofResponse(FeedRequest request, FeedResponse response) {
		int status = response.status();
		String detail = detail(response);
		int subCode = subCode(detail);
		ErrorContext where = request.where();
		ErrorContext context = new ErrorContext(where.operation(), where.entityPath(), null, status, detail,
				trackingId(detail));
		return switch (status) {
			case 401 -> MISSING_CLAIM.contains(subCode) && detail.contains("claim")
					? new ServiceBusAuthorizationException(context) : new ServiceBusAuthenticationException(context);
			case 403 -> (subCode == INVALID_OPERATION) ? new ServiceBusException(context)
					: new ServiceBusQuotaExceededException(context);
			case 404, 410 -> new MessagingEntityNotFoundException(context);
			case 409 -> (request.verb() == Verb.CREATE && subCode != OPERATION_IN_PROGRESS)
					? new MessagingEntityAlreadyExistsException(context)
					: new MessagingEntityConflictException(context);
			case 429, 503 -> new ServiceBusServerBusyException(context);
			default -> new ServiceBusException(context);
		};
	}

	/**
	 * Maps a failure to get an answer.
	 */
	static ServiceBusException ofTransport(FeedRequest request, Throwable failure) {
		if (failure instanceof ServiceBusException exception) {
			return exception;
		}
		if (failure instanceof IOException || failure instanceof UnresolvedAddressException) {
			return new ServiceBusCommunicationException(request.where().withDescription(describe(failure)), failure);
		}
		return new ServiceBusException(request.where().withDescription(describe(failure)), failure);
	}

	/**
	 * Returns whether a failure shows that the request never left.
	 */
	static boolean isNotSent(Throwable failure) {
		return failure instanceof ServiceBusException || failure instanceof ConnectException
				|| failure instanceof HttpConnectTimeoutException || failure instanceof UnknownHostException
				|| failure instanceof UnresolvedAddressException || failure instanceof SSLHandshakeException;
	}

	private static String detail(FeedResponse response) {
		String detail = ServiceError.parse(response.body()).map(ServiceError::detail).orElse(null);
		if (detail == null) {
			return "the answer gives no reason";
		}
		return SECRET.matcher(detail).replaceAll("$1***");
	}

	private static int subCode(String detail) {
		Matcher matcher = SUB_CODE.matcher(detail);
		return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
	}

	private static @Nullable String trackingId(String detail) {
		Matcher matcher = TRACKING_ID.matcher(detail);
		return matcher.find() ? matcher.group(1) : null;
	}

	private static String describe(Throwable failure) {
		String message = failure.getMessage();
		String name = failure.getClass().getSimpleName();
		return (message != null) ? name + ": " + SECRET.matcher(message).replaceAll("$1***") : name;
	}

}
