package dev.servicebus.listener.container;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.listener.SessionEnd;
import dev.servicebus.listener.SessionLifecycleListener;

/**
 * Tells of sessions, in between their messages and on threads that may block.
 */
final class SessionCallbacks {

	private static final Logger logger = LoggerFactory.getLogger(SessionCallbacks.class);

	private final ContainerServices services;

	private final PatientExecutor threads;

	private final String listenerId;

	SessionCallbacks(Parts parts) {
		this.services = parts.services();
		this.listenerId = parts.definition().id();
		this.threads = this.services.patientExecutor(this.listenerId);
	}

	/**
	 * The session is here.
	 * @param then runs afterwards
	 */
	void opened(ServiceBusSession session, Runnable then) {
		this.services.monitor().sessionOpened(this.listenerId, session.sessionId());
		call((listener) -> listener.sessionOpened(this.listenerId, session), then);
	}

	/**
	 * The session is about to be given back.
	 * @param then runs afterwards
	 */
	void closing(ServiceBusSession session, SessionEnd reason, Runnable then) {
		call((listener) -> listener.sessionClosing(this.listenerId, session, reason), () -> {
			this.services.monitor().sessionClosed(this.listenerId, session.sessionId(), reason);
			then.run();
		});
	}

	private void call(Call call, Runnable then) {
		SessionLifecycleListener listener = this.services.sessionListener();
		if (listener == SessionLifecycleListener.NONE) {
			then.run();
		}
		else {
			execute(() -> tell(listener, call, then), then);
		}
	}

	private void tell(SessionLifecycleListener listener, Call call, Runnable then) {
		try {
			call.on(listener);
		}
		catch (Throwable ex) {
			logger.warn("A session lifecycle listener failed for listener '{}'", this.listenerId, ex);
		}
		finally {
			then.run();
		}
	}

	private void execute(Runnable task, Runnable otherwise) {
		try {
			this.threads.execute(task);
		}
		catch (RuntimeException ex) {
			logger.warn("No session lifecycle listener is called for listener '{}': no thread will come any more",
					this.listenerId, ex);
			otherwise.run();
		}
	}

	/**
	 * One of the calls of a listener.
	 */
	private interface Call {

		void on(SessionLifecycleListener listener);

	}

}
