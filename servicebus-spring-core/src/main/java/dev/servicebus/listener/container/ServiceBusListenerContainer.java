package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerStartupException;
import dev.servicebus.listener.ListenerState;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.StartupPolicy;

/**
 * Receives the messages of one queue or subscription and hands them to a listener. Can be
 * started and stopped any number of times, from everywhere, its own listener included.
 *
 * <p>
 * A stop takes no new messages, gives back those that no listener has begun with, and
 * waits for the listeners that are busy up to {@link ListenerOptions#shutdownTimeout()};
 * what is unfinished then is given back, too. No thread is ever interrupted.
 *
 * <p>
 * Thread-safe. An idle container uses no thread.
 */
public final class ServiceBusListenerContainer implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ServiceBusListenerContainer.class);

	/** What a blocking stop waits beyond the shutdown timeout before it gives up. */
	private static final Duration STOP_MARGIN = Duration.ofSeconds(5);

	private final ReentrantLock lock = new ReentrantLock();

	private final ListenerDefinition definition;

	private final ContainerServices services;

	private volatile boolean paused;

	private Concurrency concurrency;

	private volatile @Nullable ContainerRun run;

	/** Completes when the runs before the current one are over. */
	private CompletableFuture<Void> earlierRuns = CompletableFuture.completedFuture(null);

	/**
	 * Makes a container, which is not started.
	 * @param definition what it is to do
	 * @param services what it shares with others; closed by their owner, after this
	 * container is stopped
	 */
	public ServiceBusListenerContainer(ListenerDefinition definition, ContainerServices services) {
		this.definition = definition;
		this.concurrency = definition.options().concurrency();
		this.services = services.withMonitor(ListenerMonitor.of(List.of(new LoggingMonitor(), services.monitor())));
	}

	/**
	 * The id of the listener.
	 */
	public String id() {
		return this.definition.id();
	}

	/**
	 * What brings the messages.
	 */
	public MessagingClient client() {
		return this.services.client();
	}

	/**
	 * What the container listens to.
	 */
	public ListenerTarget target() {
		return this.definition.target();
	}

	/**
	 * How the container works.
	 */
	public ListenerOptions options() {
		return this.definition.options();
	}

	/**
	 * Starts the container if it is not running; with {@link StartupPolicy#FAIL} returns
	 * when it receives.
	 * @throws ListenerStartupException if it must receive but cannot
	 */
	@Override
	public void start() {
		ContainerRun started = startRun();
		if (started == null) {
			return;
		}
		try {
			new Startup(this.definition).await(started.ready());
		}
		catch (ListenerStartupException ex) {
			stopRun();
			throw ex;
		}
	}

	/**
	 * Stops the container and waits until it has stopped, unless the caller is its own
	 * listener, for which it could wait for ever.
	 */
	@Override
	public void stop() {
		ContainerRun current = this.run;
		CompletableFuture<Void> stopped = stopRun();
		if (current == null || !current.isInListener()) {
			await(stopped);
		}
	}

	/**
	 * Stops the container. Does not wait.
	 * @param callback called once when it has stopped, at once if it is not running
	 */
	@Override
	public void stop(Runnable callback) {
		stopRun().whenComplete((result, failure) -> {
			try {
				callback.run();
			}
			catch (Throwable ex) {
				logger.warn("What was to follow the stop of {} has failed", this, ex);
			}
		});
	}

	/**
	 * Changes how many messages are handled at once, also for later starts. Handlers that
	 * are too many end with the message that they have.
	 */
	public void setConcurrency(Concurrency newConcurrency) {
		this.lock.lock();
		try {
			this.concurrency = newConcurrency;
			ContainerRun current = this.run;
			if (current != null) {
				current.concurrency(newConcurrency);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * How many messages are handled at once at present, at most; 0 if the container does
	 * not run.
	 */
	public int currentConcurrency() {
		ContainerRun current = this.run;
		return (current != null && isRunning()) ? current.currentConcurrency() : 0;
	}

	/**
	 * Asks for no more messages until {@link #resume()}. Those that are here or on their
	 * way are still handled. Also holds for later starts.
	 */
	public void pause() {
		this.paused = true;
		ContainerRun current = this.run;
		if (current != null) {
			current.pause();
		}
		this.services.monitor().paused(id());
	}

	/**
	 * Undoes {@link #pause()}.
	 */
	public void resume() {
		this.paused = false;
		ContainerRun current = this.run;
		if (current != null) {
			current.resume();
		}
		this.services.monitor().resumed(id());
	}

	/**
	 * Returns whether the container is paused, running or not.
	 */
	public boolean isPaused() {
		return this.paused;
	}

	/**
	 * Returns whether the container is started and has not stopped completely.
	 */
	@Override
	public boolean isRunning() {
		ContainerRun current = this.run;
		return current != null && !current.stopped().isDone();
	}

	/**
	 * What hinders a running container from receiving at present, {@code null} if nothing
	 * is known to.
	 */
	public @Nullable ServiceBusException failure() {
		ContainerRun current = this.run;
		return (current != null && isRunning()) ? current.failure() : null;
	}

	/**
	 * What the container is doing now. Costs a look at each message that is in flight.
	 */
	public ListenerState state() {
		ContainerRun current = this.run;
		return (current != null) ? current.state(this.paused) : ListenerState.stopped(id(), this.paused, null);
	}

	@Override
	public boolean isAutoStartup() {
		return options().autoStartup();
	}

	@Override
	public int getPhase() {
		return options().phase();
	}

	/**
	 * Returns whether the listener takes messages in batches.
	 */
	public boolean takesBatches() {
		return this.definition.listener() instanceof BatchMessageListener;
	}

	@Override
	public String toString() {
		return "Listener '" + id() + "' on '" + target() + "'";
	}

	private @Nullable ContainerRun startRun() {
		this.lock.lock();
		try {
			ContainerRun current = this.run;
			if (current != null && !current.isStopping()) {
				return null;
			}
			ContainerRun next = new ContainerRun(this.definition, this.services, this::stopRun);
			next.open();
			next.concurrency(this.concurrency);
			if (current != null) {
				this.earlierRuns = CompletableFuture.allOf(this.earlierRuns, current.stopped());
			}
			this.run = next;
			this.services.monitor().started(id());
			if (!this.paused) {
				next.resume();
			}
			return next;
		}
		finally {
			this.lock.unlock();
		}
	}

	private CompletableFuture<Void> stopRun() {
		this.lock.lock();
		try {
			ContainerRun current = this.run;
			if (current == null) {
				return CompletableFuture.completedFuture(null);
			}
			current.stop();
			return CompletableFuture.allOf(this.earlierRuns, current.stopped());
		}
		finally {
			this.lock.unlock();
		}
	}

	private void await(CompletableFuture<Void> stopped) {
		Duration patience = options().shutdownTimeout().plus(STOP_MARGIN);
		try {
			stopped.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.warn("{} has not stopped within {}", this, patience, ex);
		}
	}

}
