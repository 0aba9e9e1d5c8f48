package dev.servicebus.listener;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.ServiceBusSession;

/**
 * Tells several listeners of sessions in their order, and of their ends in the reverse
 * order, whatever one of them throws.
 */
final class SessionLifecycleChain implements SessionLifecycleListener {

	private static final Logger logger = LoggerFactory.getLogger(SessionLifecycleListener.class);

	private final List<SessionLifecycleListener> listeners;

	private final List<SessionLifecycleListener> reversed;

	SessionLifecycleChain(Collection<? extends SessionLifecycleListener> listeners) {
		this.listeners = List.copyOf(listeners);
		this.reversed = new ArrayList<>(this.listeners);
		Collections.reverse(this.reversed);
	}

	@Override
	public void sessionOpened(String listenerId, ServiceBusSession session) {
		each(this.listeners, (listener) -> listener.sessionOpened(listenerId, session));
	}

	@Override
	public void sessionClosing(String listenerId, ServiceBusSession session, SessionEnd reason) {
		each(this.reversed, (listener) -> listener.sessionClosing(listenerId, session, reason));
	}

	private static void each(List<SessionLifecycleListener> listeners, Consumer<SessionLifecycleListener> call) {
		for (SessionLifecycleListener listener : listeners) {
			try {
				call.accept(listener);
			}
			catch (Throwable ex) {
				logger.warn("A session lifecycle listener failed", ex);
			}
		}
	}

}
