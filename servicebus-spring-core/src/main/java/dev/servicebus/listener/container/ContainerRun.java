package dev.servicebus.listener.container;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.ServiceBusException;
import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.ListenerState;

/**
 * One life of a container, from a start to the end of the stop that follows. Never used
 * again; the next start makes a new one. Thread-safe.
 */
final class ContainerRun implements Intake.Listener, FatalErrors {

	private static final Logger logger = LoggerFactory.getLogger(ContainerRun.class);

	private final CompletableFuture<Void> ready = new CompletableFuture<>();

	private final CompletableFuture<Void> stopped = new CompletableFuture<>();

	private final AtomicBoolean stopping = new AtomicBoolean();

	private final AtomicBoolean ended = new AtomicBoolean();

	private final ListenerDefinition definition;

	private final ContainerServices services;

	private final Demand demand;

	private final Pipeline pipeline;

	private final Intake intake;

	private final Startup startup;

	private final Runnable stopContainer;

	private final DemandLimit limit;

	private volatile @Nullable ServiceBusException failure;

	private volatile @Nullable Throwable fatalError;

	private volatile boolean receiving;

	private volatile boolean received;

	ContainerRun(ListenerDefinition definition, ContainerServices services, Runnable stopContainer) {
		this.definition = definition;
		this.services = services;
		this.startup = new Startup(definition);
		this.stopContainer = stopContainer;
		InFlight inFlight = new InFlight();
		Settler settler = new Settler(definition, inFlight, services);
		int calls = definition.options().concurrency().minimum();
		this.demand = new Demand(calls * definition.demandPerCall(), this::ask);
		this.limit = new DemandLimit(definition.id(), services.backPressure(), this.demand);
		Parts parts = new Parts(definition, services, settler, this.demand);
		this.pipeline = new Pipeline(parts, inFlight, this);
		this.intake = definition.options().sessions().enabled() ? new SessionIntake(parts, this.pipeline, this)
				: QueueIntake.of(parts, this.pipeline, this);
	}

	/**
	 * Opens the source. No message comes before {@link #resume()}.
	 */
	void open() {
		this.intake.open();
		try {
			this.limit.begin();
		}
		catch (Throwable ex) {
			this.intake.close();
			throw ex;
		}
		this.pipeline.open();
	}

	private void ask(int number) {
		this.intake.demand(number);
	}

	void resume() {
		if (!this.stopping.get()) {
			this.demand.open();
		}
	}

	void pause() {
		this.demand.close();
	}

	void concurrency(Concurrency concurrency) {
		this.pipeline.concurrency(concurrency);
	}

	/**
	 * How many messages are handled at once at present, at most.
	 */
	int currentConcurrency() {
		return this.pipeline.currentConcurrency();
	}

	/**
	 * Completes when the source receives for the first time, and fails with the first
	 * thing that hinders it.
	 */
	CompletableFuture<Void> ready() {
		return this.ready;
	}

	/**
	 * Completes, always normally, when this run is over.
	 */
	CompletableFuture<Void> stopped() {
		return this.stopped;
	}

	boolean isStopping() {
		return this.stopping.get();
	}

	/**
	 * What hinders the source from receiving at present.
	 */
	@Nullable ServiceBusException failure() {
		return this.failure;
	}

	ListenerState state(boolean paused) {
		if (this.stopped.isDone()) {
			return ListenerState.stopped(this.definition.id(), paused, this.fatalError);
		}
		Activity activity = this.pipeline.activity();
		return new ListenerState(this.definition.id(), true, paused, this.receiving && !isStopping(), this.failure,
				this.fatalError, activity.inFlight(), this.pipeline.stuck(), currentConcurrency(),
				activity.sinceLastMessage(), activity.oldestInFlight());
	}

	boolean isInListener() {
		return this.pipeline.isInListener();
	}

	/**
	 * Begins to stop: no more messages, and none to the listener; what it is busy with
	 * ends normally or, when the shutdown timeout has passed, is given back.
	 */
	void stop() {
		if (!this.stopping.compareAndSet(false, true)) {
			return;
		}
		try {
			Future<?> deadline = this.services.scheduler()
				.schedule(this.definition.options().shutdownTimeout(), this::giveUp);
			this.stopped.whenComplete((result, failure) -> deadline.cancel(false));
			drain();
		}
		catch (RuntimeException ex) {
			logger.warn("Listener '{}' cannot wait for its messages and gives them back", this.definition.id(), ex);
			giveUp();
		}
	}

	private void drain() {
		this.demand.close();
		this.pipeline.close();
		this.intake.stop()
			.exceptionally(this::ignoreStopFailure)
			.thenCompose((quiet) -> whenHandled())
			.thenCompose((handled) -> this.intake.whenIdle())
			.thenRun(() -> end(0));
	}

	private CompletableFuture<Void> whenHandled() {
		CompletableFuture<Void> drained = this.pipeline.whenDrained();
		if (!drained.isDone()) {
			logger.info("Listener '{}' stops and waits up to {} ms for the messages that it is busy with",
					this.definition.id(), this.definition.options().shutdownTimeout().toMillis());
		}
		return drained;
	}

	private @Nullable Void ignoreStopFailure(Throwable failure) {
		logger.warn("Listener '{}' could not stop its source properly: {}", this.definition.id(), failure.toString());
		return null;
	}

	private void giveUp() {
		end(this.pipeline.giveUp());
	}

	private void end(int unfinished) {
		if (!this.ended.compareAndSet(false, true)) {
			return;
		}
		try {
			this.intake.close();
			this.services.monitor().stopped(this.definition.id(), unfinished);
		}
		catch (RuntimeException ex) {
			logger.warn("Listener '{}' could not close its source", this.definition.id(), ex);
		}
		finally {
			this.limit.end();
			this.stopped.complete(null);
		}
	}

	@Override
	public void doubt(Throwable error) {
		this.fatalError = error;
	}

	@Override
	public void stop(Throwable error) {
		this.fatalError = error;
		this.stopContainer.run();
	}

	@Override
	public void onFailure(ServiceBusException failure) {
		if (!this.received && this.startup.awaits(failure)) {
			this.services.monitor().waiting(this.definition.id(), failure);
			return;
		}
		this.failure = failure;
		this.receiving = false;
		this.ready.completeExceptionally(failure);
		this.services.monitor().receiveFailed(this.definition.id(), failure);
	}

	@Override
	public void onReady() {
		this.failure = null;
		this.receiving = true;
		this.received = true;
		this.ready.complete(null);
		this.services.monitor().receiving(this.definition.id());
	}

}
