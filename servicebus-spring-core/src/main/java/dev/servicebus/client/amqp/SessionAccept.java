package dev.servicebus.client.amqp;

import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.NoActiveSessionException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.SessionReceiver;
import org.jspecify.annotations.Nullable;

/**
 * One call that asks for a session, from the program's call to its end. What is asked for
 * and not wanted any more is given back: the half-open link is detached.
 */
final class SessionAccept extends Deadlines.Entry implements SessionTerms.Listener {

	private final ClientCore core;

	private final SessionRequest request;

	private final ReceiveRequests requests;

	private final SessionLink link;

	private final AmqpSessionReceiver receiver;

	private @Nullable Completion<SessionReceiver> completion;

	SessionAccept(SessionLink.Context context) {
		this.core = context.core();
		this.request = context.request();
		this.requests = new ReceiveRequests(context.core());
		this.link = new SessionLink(context, this, this.requests);
		this.requests.serveFrom(this.link.source());
		this.receiver = new AmqpSessionReceiver(this.link, this.requests);
	}

	/**
	 * The receiver, which is of no use before the session is granted.
	 */
	AmqpSessionReceiver receiver() {
		return this.receiver;
	}

	/**
	 * Asks for the session. Thread-safe.
	 */
	void start(Completion<SessionReceiver> newCompletion) {
		this.core.execute(() -> {
			this.completion = newCompletion;
			new Deadlines(this.core.owner().loop()).add(this.request.limit(), this);
			this.receiver.whenEnded().thenRun(this::ended);
			this.link.source().attach();
		});
	}

	/**
	 * Gives the session back when nobody waits for it any more, or stops asking.
	 */
	Completions.Unwanted<SessionReceiver> unwanted() {
		return new Completions.Unwanted<>() {
			@Override
			public void discard(SessionReceiver result) {
				result.close();
			}

			@Override
			public void abandon() {
				SessionAccept.this.receiver.close();
			}
		};
	}

	@Override
	public void accepted() {
		Completion<SessionReceiver> waiting = this.completion;
		if (waiting != null && cancel()) {
			this.completion = null;
			waiting.success(this.receiver);
		}
	}

	@Override
	public void refused(ServiceBusException failure) {
		fail(failure);
	}

	@Override
	protected void expired() {
		boolean waitIsOver = this.link.isAsking() && this.request.kind() == SessionRequest.Kind.NEXT;
		fail(waitIsOver ? new NoActiveSessionException(where(), this.requests.failure())
				: new OperationTimeoutException(where(), this.requests.failure()));
		this.receiver.end();
	}

	private void fail(ServiceBusException failure) {
		Completion<SessionReceiver> waiting = this.completion;
		if (waiting != null) {
			this.completion = null;
			cancel();
			waiting.failure(failure);
		}
	}

	private void ended() {
		if (this.completion != null) {
			fail(new ServiceBusException(
					ErrorContext.of("accept-session", entityPath()).withDescription("the client is closed")));
		}
	}

	private ErrorContext where() {
		String sessionId = this.request.sessionId();
		ServiceBusException reason = this.requests.failure();
		String what = (sessionId != null) ? "session '" + sessionId + "' was not accepted" : "no session was free";
		return ErrorContext.of("accept-session", entityPath())
			.withDescription(what + " within " + this.request.maxWait().toMillis() + " ms"
					+ ((reason != null) ? ": " + reason.getMessage() : ""));
	}

	private String entityPath() {
		return this.receiver.entityPath();
	}

}
