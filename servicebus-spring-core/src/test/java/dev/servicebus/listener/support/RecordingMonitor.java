package dev.servicebus.listener.support;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SessionEnd;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Writes down what containers report.
 */
public final class RecordingMonitor implements ListenerMonitor {

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final List<List<StackTraceElement>> stacks = new CopyOnWriteArrayList<>();

	/** What listeners did when their locks were about to run out. */
	public List<List<StackTraceElement>> stacks() {
		return this.stacks;
	}

	public List<String> events() {
		return new ArrayList<>(this.events);
	}

	@Override
	public void paused(String listenerId) {
		this.events.add("paused");
	}

	@Override
	public void resumed(String listenerId) {
		this.events.add("resumed");
	}

	@Override
	public void idle(String listenerId) {
		this.events.add("idle");
	}

	@Override
	public void active(String listenerId) {
		this.events.add("active");
	}

	@Override
	public void receiving(String listenerId) {
		this.events.add("receiving");
	}

	@Override
	public void waiting(String listenerId, ServiceBusException failure) {
		this.events.add("waiting");
	}

	@Override
	public void receiveFailed(String listenerId, ServiceBusException failure) {
		this.events.add("receiveFailed");
	}

	@Override
	public void sessionOpened(String listenerId, String sessionId) {
		this.events.add("sessionOpened " + sessionId);
	}

	@Override
	public void sessionClosed(String listenerId, String sessionId, SessionEnd reason) {
		this.events.add("sessionClosed " + sessionId + " " + reason);
	}

	@Override
	public void skipped(String listenerId, ServiceBusReceivedMessage message, Outcome outcome) {
		this.events.add("skipped " + outcome);
	}

	@Override
	public void handlingFailed(ListenerFailure failure, Outcome outcome) {
		this.events.add("handlingFailed " + failure.error().getMessage());
	}

	@Override
	public void lockExpiring(String listenerId, ServiceBusReceivedMessage message, OffsetDateTime lockedUntil,
			List<StackTraceElement> stack) {
		this.events.add("lockExpiring");
		this.stacks.add(stack);
	}

	@Override
	public void stuck(String listenerId, ServiceBusReceivedMessage message, List<StackTraceElement> stack) {
		this.events.add("stuck " + message.bodyAsString());
		this.stacks.add(stack);
	}

	@Override
	public void lockLost(String listenerId, ServiceBusReceivedMessage message, ServiceBusException failure) {
		this.events.add("lockLost");
	}

	@Override
	public void resultDiscarded(String listenerId, ServiceBusReceivedMessage message, Throwable error) {
		this.events.add("resultDiscarded");
	}

	@Override
	public void settlementFailed(String listenerId, ServiceBusReceivedMessage message, Disposition disposition,
			Throwable failure) {
		this.events.add("settlementFailed " + failure.getMessage());
	}

	@Override
	public void executorRejected(String listenerId, Throwable failure) {
		this.events.add("executorRejected");
	}

	@Override
	public void stopped(String listenerId, int unfinished) {
		this.events.add("stopped " + unfinished);
	}

}
