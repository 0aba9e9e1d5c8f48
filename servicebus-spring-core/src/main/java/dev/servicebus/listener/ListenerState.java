package dev.servicebus.listener;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ServiceBusException;

/**
 * What a listener container is doing at one moment: for health, metrics and tests.
 * Immutable. The parts are read one after another while the container works, so they may
 * differ by what happened in between.
 *
 * @param listenerId the id of the listener
 * @param running whether the container is started and has not stopped completely
 * @param paused whether it asks for no messages because somebody paused it
 * @param receiving whether messages can come: it has received, and nothing hinders it
 * @param failure what hinders it from receiving, {@code null} if nothing is known to
 * @param fatalError what the listener has thrown since the last start that concerns the
 * whole container: an error of the virtual machine, such as a lack of memory, after which
 * nobody knows what still works, or what the container was stopped for; {@code null} for
 * nothing. Its next start forgets it
 * @param inFlight how many messages it has that are not settled and confirmed
 * @param stuck with how many of them the listener has been busy for longer than
 * {@link ListenerOptions#stuckAfter()}
 * @param concurrency how many messages it handles at once at present, at most; 0 if it
 * does not run
 * @param sinceLastMessage how long ago the last message came, {@code null} if none has
 * come since its start
 * @param oldestInFlight how long ago the oldest message came that it has, {@code null} if
 * it has none; of one that does not end, the listener may be stuck
 */
public record ListenerState(String listenerId, boolean running, boolean paused, boolean receiving,
		@Nullable ServiceBusException failure, @Nullable Throwable fatalError, int inFlight, int stuck, int concurrency,
		@Nullable Duration sinceLastMessage, @Nullable Duration oldestInFlight) {

	/**
	 * The state of a container that does not run.
	 */
	public static ListenerState stopped(String listenerId, boolean paused, @Nullable Throwable fatalError) {
		return new ListenerState(listenerId, false, paused, false, null, fatalError, 0, 0, 0, null, null);
	}

	/**
	 * Returns whether the container does what it was started for: it runs, neither the
	 * broker nor an error hinders it, and not all of its handlers are stuck. A container
	 * that somebody paused does.
	 */
	public boolean isHealthy() {
		return this.running && this.failure == null && this.fatalError == null
				&& (this.stuck == 0 || this.stuck < this.concurrency);
	}

}
