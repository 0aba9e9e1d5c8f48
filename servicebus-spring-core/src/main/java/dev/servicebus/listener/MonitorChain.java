package dev.servicebus.listener;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Passes everything on to several monitors, whatever one of them throws.
 */
final class MonitorChain implements ListenerMonitor {

	private static final Logger logger = LoggerFactory.getLogger(MonitorChain.class);

	private final List<ListenerMonitor> monitors;

	MonitorChain(Collection<? extends ListenerMonitor> monitors) {
		this.monitors = List.copyOf(monitors);
	}

	@Override
	public void started(String listenerId) {
		each((monitor) -> monitor.started(listenerId));
	}

	@Override
	public void paused(String listenerId) {
		each((monitor) -> monitor.paused(listenerId));
	}

	@Override
	public void resumed(String listenerId) {
		each((monitor) -> monitor.resumed(listenerId));
	}

	@Override
	public void idle(String listenerId) {
		each((monitor) -> monitor.idle(listenerId));
	}

	@Override
	public void active(String listenerId) {
		each((monitor) -> monitor.active(listenerId));
	}

	@Override
	public void settled(String listenerId, ServiceBusReceivedMessage message, Disposition disposition) {
		each((monitor) -> monitor.settled(listenerId, message, disposition));
	}

	@Override
	public void sessionOpened(String listenerId, String sessionId) {
		each((monitor) -> monitor.sessionOpened(listenerId, sessionId));
	}

	@Override
	public void sessionClosed(String listenerId, String sessionId, SessionEnd reason) {
		each((monitor) -> monitor.sessionClosed(listenerId, sessionId, reason));
	}

	@Override
	public void receiving(String listenerId) {
		each((monitor) -> monitor.receiving(listenerId));
	}

	@Override
	public void waiting(String listenerId, ServiceBusException failure) {
		each((monitor) -> monitor.waiting(listenerId, failure));
	}

	@Override
	public void receiveFailed(String listenerId, ServiceBusException failure) {
		each((monitor) -> monitor.receiveFailed(listenerId, failure));
	}

	@Override
	public void skipped(String listenerId, ServiceBusReceivedMessage message, Outcome outcome) {
		each((monitor) -> monitor.skipped(listenerId, message, outcome));
	}

	@Override
	public void handlingFailed(ListenerFailure failure, Outcome outcome) {
		each((monitor) -> monitor.handlingFailed(failure, outcome));
	}

	@Override
	public void lockExpiring(String listenerId, ServiceBusReceivedMessage message, OffsetDateTime lockedUntil,
			List<StackTraceElement> stack) {
		each((monitor) -> monitor.lockExpiring(listenerId, message, lockedUntil, stack));
	}

	@Override
	public void stuck(String listenerId, ServiceBusReceivedMessage message, List<StackTraceElement> stack) {
		each((monitor) -> monitor.stuck(listenerId, message, stack));
	}

	@Override
	public void lockLost(String listenerId, ServiceBusReceivedMessage message, ServiceBusException failure) {
		each((monitor) -> monitor.lockLost(listenerId, message, failure));
	}

	@Override
	public void resultDiscarded(String listenerId, ServiceBusReceivedMessage message, @Nullable Throwable error) {
		each((monitor) -> monitor.resultDiscarded(listenerId, message, error));
	}

	@Override
	public void settlementFailed(String listenerId, ServiceBusReceivedMessage message, Disposition disposition,
			Throwable failure) {
		each((monitor) -> monitor.settlementFailed(listenerId, message, disposition, failure));
	}

	@Override
	public void executorRejected(String listenerId, Throwable failure) {
		each((monitor) -> monitor.executorRejected(listenerId, failure));
	}

	@Override
	public void stopped(String listenerId, int unfinished) {
		each((monitor) -> monitor.stopped(listenerId, unfinished));
	}

	private void each(Consumer<ListenerMonitor> call) {
		for (ListenerMonitor monitor : this.monitors) {
			try {
				call.accept(monitor);
			}
			catch (Throwable ex) {
				logger.warn("A listener monitor failed", ex);
			}
		}
	}

}
