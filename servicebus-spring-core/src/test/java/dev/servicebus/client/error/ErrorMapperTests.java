package dev.servicebus.client.error;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.ErrorCondition;
import dev.servicebus.amqp.endpoint.AmqpLink.LinkEnd;
import dev.servicebus.amqp.endpoint.ConnectionListener.CloseReason;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.MessageSendFailedException;
import dev.servicebus.client.MessageSettleFailedException;
import dev.servicebus.client.MessagingEntityDisabledException;
import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.client.ServiceBusAuthorizationException;
import dev.servicebus.client.ServiceBusCommunicationException;
import dev.servicebus.client.ServiceBusConnectionException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusQuotaExceededException;
import dev.servicebus.client.ServiceBusServerBusyException;
import dev.servicebus.client.UnknownOutcomeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ErrorMapperTests {

	private static final ErrorContext WHERE = ErrorContext.of("send", "orders");

	/**
	 * Every condition of the protocol reference, sections 9.1 and 9.2.
	 */
	@ParameterizedTest
	@CsvSource({ "amqp:internal-error, ServiceBusException, true, LINK",
			"amqp:not-found, MessagingEntityNotFoundException, true, ENTITY",
			"amqp:unauthorized-access, ServiceBusAuthorizationException, false, AUTHORIZATION",
			"amqp:decode-error, ServiceBusException, false, LINK",
			"amqp:resource-limit-exceeded, ServiceBusQuotaExceededException, false, ENTITY",
			"amqp:not-allowed, ServiceBusException, false, FATAL",
			"amqp:invalid-field, ServiceBusException, false, FATAL",
			"amqp:not-implemented, ServiceBusException, false, FATAL",
			"amqp:resource-locked, ServiceBusException, false, LINK",
			"amqp:precondition-failed, ServiceBusException, false, LINK",
			"amqp:resource-deleted, MessagingEntityNotFoundException, false, ENTITY",
			"amqp:illegal-state, ServiceBusException, false, LINK",
			"amqp:frame-size-too-small, ServiceBusException, false, LINK",
			"amqp:connection:forced, ServiceBusConnectionException, true, LINK",
			"amqp:connection:framing-error, ServiceBusConnectionException, true, LINK",
			"amqp:connection:redirect, ServiceBusException, false, LINK",
			"amqp:session:window-violation, ServiceBusConnectionException, true, LINK",
			"amqp:session:errant-link, ServiceBusConnectionException, true, LINK",
			"amqp:session:handle-in-use, ServiceBusConnectionException, true, LINK",
			"amqp:session:unattached-handle, ServiceBusConnectionException, true, LINK",
			"amqp:link:detach-forced, ServiceBusConnectionException, true, LINK",
			"amqp:link:transfer-limit-exceeded, ServiceBusConnectionException, true, LINK",
			"amqp:link:message-size-exceeded, MessageSizeExceededException, false, FATAL",
			"amqp:link:redirect, ServiceBusException, false, LINK",
			"amqp:link:stolen, ServiceBusException, false, LINK",
			"amqp:transaction:unknown-id, TransactionException, false, LINK",
			"amqp:transaction:rollback, TransactionException, false, LINK",
			"amqp:transaction:timeout, TransactionException, false, LINK",
			"com.microsoft:timeout, OperationTimeoutException, true, LINK",
			"com.microsoft:server-busy, ServiceBusServerBusyException, true, LINK",
			"com.microsoft:operation-cancelled, ServiceBusException, true, LINK",
			"com.microsoft:argument-error, ServiceBusException, false, FATAL",
			"com.microsoft:argument-out-of-range, ServiceBusException, false, FATAL",
			"com.microsoft:entity-disabled, MessagingEntityDisabledException, false, ENTITY",
			"com.microsoft:entity-already-exists, MessagingEntityAlreadyExistsException, false, FATAL",
			"com.microsoft:message-lock-lost, MessageLockLostException, false, LINK",
			"com.microsoft:session-lock-lost, SessionLockLostException, false, LINK",
			"com.microsoft:session-cannot-be-locked, SessionCannotBeLockedException, false, LINK",
			"com.microsoft:message-not-found, MessageNotFoundException, false, LINK",
			"com.microsoft:session-not-found, ServiceBusException, false, LINK",
			"com.microsoft:store-lock-lost, ServiceBusException, false, LINK",
			"com.microsoft:partition-not-owned, ServiceBusException, false, LINK",
			"com.microsoft:no-matching-subscription, ServiceBusException, false, LINK",
			"com.microsoft:auth-failed, ServiceBusAuthorizationException, false, AUTHORIZATION",
			"com.microsoft:publisher-revoked, ServiceBusAuthorizationException, false, AUTHORIZATION",
			"com.microsoft:precondition-failed, ServiceBusException, false, LINK",
			"com.microsoft:container-close, ServiceBusConnectionException, true, LINK",
			"proton:io, ServiceBusCommunicationException, true, LINK",
			"acme:something-new, ServiceBusException, true, LINK" })
	void everyConditionHasItsExceptionAndItsRecovery(String condition, String exception, boolean isTransient,
			Recovery recoveryOfLink) {
		AmqpError error = AmqpError.of(Symbol.of(condition), "because");
		LinkEnd end = new LinkEnd(LinkEnd.Cause.REMOTE, error);
		ServiceBusException mapped = ErrorMapper.ofLinkEnd(WHERE, end);
		assertThat(mapped.getClass().getSimpleName()).isEqualTo(exception);
		assertThat(mapped.isTransient()).isEqualTo(isTransient);
		assertThat(mapped.condition()).isEqualTo(condition);
		assertThat(mapped).hasMessage("send on 'orders' failed with " + condition + ": because");
		assertThat(Recovery.of(end)).isEqualTo(recoveryOfLink);
	}

	@ParameterizedTest
	@CsvSource({ "400, ServiceBusException, false", "401, ServiceBusAuthorizationException, false",
			"403, ServiceBusQuotaExceededException, false", "404, MessagingEntityNotFoundException, false",
			"408, OperationTimeoutException, true", "409, MessagingEntityAlreadyExistsException, false",
			"410, MessageLockLostException, false", "500, ServiceBusException, true", "501, ServiceBusException, false",
			"503, ServiceBusServerBusyException, true", "418, ServiceBusException, true",
			"599, ServiceBusException, true" })
	void statusDecidesWhereAResponseNamesNoCondition(int status, String exception, boolean isTransient) {
		ServiceBusException mapped = ErrorMapper.ofResponse(WHERE, status, null, null);
		assertThat(mapped.getClass().getSimpleName()).isEqualTo(exception);
		assertThat(mapped.isTransient()).isEqualTo(isTransient);
		assertThat(mapped.condition()).isNull();
		assertThat(mapped).hasMessage("send on 'orders' failed (status " + status + ")");
	}

	@Test
	void conditionOfAResponseGoesBeforeItsStatus() {
		assertThat(ErrorMapper.ofResponse(WHERE, 400, VendorCondition.ENTITY_DISABLED, "off"))
			.isInstanceOf(MessagingEntityDisabledException.class)
			.hasMessage("send on 'orders' failed with com.microsoft:entity-disabled (status 400): off");
	}

	@Test
	void statusDecidesWhereTheConditionOfAResponseIsUnknown() {
		ServiceBusException mapped = ErrorMapper.ofResponse(WHERE, 410, Symbol.of("acme:gone"), null);
		assertThat(mapped).isInstanceOf(MessageLockLostException.class);
		assertThat(mapped.condition()).isEqualTo("acme:gone");
	}

	@ParameterizedTest
	@CsvSource({ "400, ServiceBusAuthenticationException", "401, ServiceBusAuthenticationException",
			"403, ServiceBusQuotaExceededException", "404, MessagingEntityNotFoundException",
			"500, ServiceBusException", "503, ServiceBusServerBusyException" })
	void refusedTokenIsAboutAuthenticationFirst(int status, String exception) {
		assertThat(ErrorMapper.ofTokenResponse(WHERE, status, "no").getClass().getSimpleName()).isEqualTo(exception);
	}

	@Test
	void trackingIdIsTakenFromInfoOrText() {
		AmqpError inText = AmqpError.of(ErrorCondition.INTERNAL_ERROR,
				"Oops. TrackingId:ab-1_G2, SystemTracker:ns:q, Timestamp:now");
		assertThat(ErrorMapper.ofError(WHERE, inText).context().trackingId()).isEqualTo("ab-1_G2");
		AmqpError inInfo = new AmqpError(ErrorCondition.INTERNAL_ERROR, null,
				Map.of(Symbol.of("com.microsoft:tracking-id"), "cd-2"));
		assertThat(ErrorMapper.ofError(WHERE, inInfo).getMessage()).endsWith("(tracking id cd-2)");
	}

	@Test
	void unaskedEndsWithoutAReasonAreFaultsAllTheSame() {
		for (LinkEnd.Cause cause : LinkEnd.Cause.values()) {
			ServiceBusException mapped = ErrorMapper.ofLinkEnd(WHERE, new LinkEnd(cause, null));
			assertThat(mapped).isInstanceOf(ServiceBusConnectionException.class);
			assertThat(mapped.isTransient()).isTrue();
		}
		for (CloseReason.Kind kind : CloseReason.Kind.values()) {
			assertThat(ErrorMapper.ofConnectionEnd(WHERE, new CloseReason(kind, null, null)).getMessage())
				.startsWith("send on 'orders' failed: ");
		}
	}

	@Test
	void linkThatEndsWithItsParentNeedsMoreThanALink() {
		assertThat(Recovery.of(new LinkEnd(LinkEnd.Cause.PARENT, null))).isEqualTo(Recovery.SESSION);
		assertThat(Recovery.of(new LinkEnd(LinkEnd.Cause.REFUSED, null))).isEqualTo(Recovery.LINK);
	}

	@Test
	void connectionEndsSayWhoseFaultTheyAre() {
		IOException cause = new IOException("reset");
		assertThat(ErrorMapper.ofConnectionEnd(WHERE, new CloseReason(CloseReason.Kind.TRANSPORT, null, cause)))
			.isInstanceOf(ServiceBusCommunicationException.class)
			.hasCause(cause);
		assertThat(closed(CloseReason.Kind.AUTHENTICATION, null)).isInstanceOf(ServiceBusAuthenticationException.class);
		assertThat(closed(CloseReason.Kind.REMOTE, ErrorCondition.UNAUTHORIZED_ACCESS))
			.isInstanceOf(ServiceBusAuthorizationException.class);
	}

	@Test
	void idleConnectionIsNotAUsedUpQuota() {
		ServiceBusException mapped = closed(CloseReason.Kind.REMOTE, ErrorCondition.RESOURCE_LIMIT_EXCEEDED);
		assertThat(mapped).isInstanceOf(ServiceBusConnectionException.class);
		assertThat(mapped.isTransient()).isTrue();
		assertThat(mapped.condition()).isEqualTo("amqp:resource-limit-exceeded");
	}

	@ParameterizedTest
	@CsvSource({ "REMOTE, , CONNECTION", "REMOTE, acme:new, CONNECTION", "REMOTE, amqp:connection:forced, CONNECTION",
			"REMOTE, amqp:resource-limit-exceeded, CONNECTION", "REMOTE, amqp:not-found, CONNECTION",
			"REMOTE, amqp:unauthorized-access, AUTHORIZATION", "REMOTE, amqp:not-allowed, FATAL",
			"TRANSPORT, , CONNECTION", "TRANSPORT, amqp:not-allowed, CONNECTION", "LOCAL, , CONNECTION",
			"AUTHENTICATION, , AUTHORIZATION" })
	void connectionEndsCallForANewConnectionOrForACredential(CloseReason.Kind kind, String condition,
			Recovery recovery) {
		AmqpError error = (condition != null) ? AmqpError.of(Symbol.of(condition), null) : null;
		assertThat(Recovery.of(new CloseReason(kind, error, null))).isEqualTo(recovery);
	}

	@Test
	void sendOutcomesKeepTheReasonOfTheBroker() {
		assertThat(ErrorMapper.ofSendOutcome(WHERE, rejected(VendorCondition.SERVER_BUSY)))
			.isInstanceOf(ServiceBusServerBusyException.class);
		assertThat(ErrorMapper.ofSendOutcome(WHERE, rejected(ErrorCondition.RESOURCE_LIMIT_EXCEEDED)))
			.isInstanceOf(ServiceBusQuotaExceededException.class);
		ServiceBusException argument = ErrorMapper.ofSendOutcome(WHERE, rejected(VendorCondition.ARGUMENT_ERROR));
		assertThat(argument).isInstanceOf(MessageSendFailedException.class);
		assertThat(argument.isTransient()).isFalse();
	}

	@Test
	void messageThatTheBrokerDidNotTakeMayBeSentAgain() {
		ServiceBusException released = ErrorMapper.ofSendOutcome(WHERE, DeliveryState.Released.INSTANCE);
		assertThat(released).isInstanceOf(MessageSendFailedException.class).hasMessageContaining("'released'");
		assertThat(released.isTransient()).isTrue();
		assertThat(ErrorMapper.ofSendOutcome(WHERE, new DeliveryState.Modified(true, null, Map.of())).isTransient())
			.isTrue();
	}

	@Test
	void settlementWithoutAnOutcomeIsUnknown() {
		assertThat(ErrorMapper.ofSendOutcome(WHERE, null)).isInstanceOf(UnknownOutcomeException.class);
		assertThat(ErrorMapper.ofSettleOutcome(WHERE, null)).isInstanceOf(UnknownOutcomeException.class);
	}

	@Test
	void settleOutcomesTellALostLockFromAnythingElse() {
		assertThat(ErrorMapper.ofSettleOutcome(WHERE, rejected(VendorCondition.MESSAGE_LOCK_LOST)))
			.isInstanceOf(MessageLockLostException.class);
		assertThat(ErrorMapper.ofSettleOutcome(WHERE, new DeliveryState.Rejected(null)))
			.isInstanceOf(MessageSettleFailedException.class);
	}

	private static DeliveryState rejected(Symbol condition) {
		return new DeliveryState.Rejected(AmqpError.of(condition, null));
	}

	private static ServiceBusException closed(CloseReason.Kind kind, Symbol condition) {
		AmqpError error = (condition != null) ? AmqpError.of(condition, null) : null;
		return ErrorMapper.ofConnectionEnd(WHERE, new CloseReason(kind, error, null));
	}

}
