package dev.servicebus.listener.event;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.listener.DelayScheduler;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SessionEnd;
import dev.servicebus.listener.container.PatientExecutor;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Publishes what happens to listener containers as {@link ListenerEvent}s. Thread-safe.
 */
public final class ListenerEventPublisher implements ListenerMonitor {

	private static final Logger logger = LoggerFactory.getLogger(ListenerEventPublisher.class);

	private final ApplicationEventPublisher publisher;

	private final OrderedTasks tasks;

	/**
	 * Makes a publisher.
	 * @param publisher takes the events
	 * @param executor runs those who listen to them; what it refuses waits until it takes
	 * it
	 * @param scheduler times that wait
	 */
	public ListenerEventPublisher(ApplicationEventPublisher publisher, Executor executor, DelayScheduler scheduler) {
		this.publisher = publisher;
		this.tasks = new OrderedTasks(new PatientExecutor(executor, scheduler,
				(failure) -> logger.warn("Events of listeners wait until there is a thread", failure)));
	}

	@Override
	public void started(String listenerId) {
		publish(new ListenerEvent.Started(listenerId));
	}

	@Override
	public void stopped(String listenerId, int unfinished) {
		publish(new ListenerEvent.Stopped(listenerId, unfinished));
	}

	@Override
	public void paused(String listenerId) {
		publish(new ListenerEvent.Paused(listenerId));
	}

	@Override
	public void resumed(String listenerId) {
		publish(new ListenerEvent.Resumed(listenerId));
	}

	@Override
	public void receiving(String listenerId) {
		publish(new ListenerEvent.Receiving(listenerId));
	}

	@Override
	public void receiveFailed(String listenerId, ServiceBusException failure) {
		publish(new ListenerEvent.Failed(listenerId, failure));
	}

	@Override
	public void idle(String listenerId) {
		publish(new ListenerEvent.Idle(listenerId));
	}

	@Override
	public void active(String listenerId) {
		publish(new ListenerEvent.Active(listenerId));
	}

	@Override
	public void sessionOpened(String listenerId, String sessionId) {
		publish(new ListenerEvent.SessionOpened(listenerId, sessionId));
	}

	@Override
	public void sessionClosed(String listenerId, String sessionId, SessionEnd reason) {
		publish(new ListenerEvent.SessionClosed(listenerId, sessionId, reason));
	}

	@Override
	public void handlingFailed(ListenerFailure failure, Outcome outcome) {
		publish(new ListenerEvent.HandlingFailed(failure, outcome));
	}

	@Override
	public void lockExpiring(String listenerId, ServiceBusReceivedMessage message, OffsetDateTime lockedUntil,
			List<StackTraceElement> stack) {
		publish(new ListenerEvent.LockExpiring(listenerId, message, lockedUntil, stack));
	}

	@Override
	public void stuck(String listenerId, ServiceBusReceivedMessage message, List<StackTraceElement> stack) {
		publish(new ListenerEvent.Stuck(listenerId, message, stack));
	}

	@Override
	public void lockLost(String listenerId, ServiceBusReceivedMessage message, ServiceBusException failure) {
		publish(new ListenerEvent.LockLost(listenerId, message, failure));
	}

	@Override
	public void resultDiscarded(String listenerId, ServiceBusReceivedMessage message, @Nullable Throwable error) {
		publish(new ListenerEvent.ResultDiscarded(listenerId, message, error));
	}

	@Override
	public void settlementFailed(String listenerId, ServiceBusReceivedMessage message, Disposition disposition,
			Throwable failure) {
		publish(new ListenerEvent.SettlementFailed(listenerId, message, disposition, failure));
	}

	private void publish(ListenerEvent event) {
		this.tasks.run(() -> this.publisher.publishEvent(event));
	}

}
