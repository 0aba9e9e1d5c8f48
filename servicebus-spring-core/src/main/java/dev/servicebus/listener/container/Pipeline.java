package dev.servicebus.listener.container;

import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.ServiceBusException;
import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.SessionOptions;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * The way of a message through a container, put together: intake, dispatch, invocation,
 * result, and from there to settlement or another attempt. Thread-safe; no method blocks.
 */
final class Pipeline {

	private final InFlight inFlight;

	private final ListenerDefinition definition;

	private final ContainerServices services;

	private final PatientExecutor threads;

	private final Settler settler;

	private final RetryStage retries;

	private final DispatchStage dispatch;

	private final Dispatcher<?> dispatcher;

	private final ConcurrencyControl concurrency;

	private final IdleWatch idleWatch;

	private final StuckWatch stuckWatch;

	private final LockGuard lockGuard;

	private final Activity activity;

	private final int callsPerLane;

	private volatile boolean closed;

	Pipeline(Parts parts, InFlight inFlight, FatalErrors fatalErrors) {
		this.definition = parts.definition();
		this.services = parts.services();
		this.threads = this.services.patientExecutor(this.definition.id());
		this.settler = parts.settler();
		this.inFlight = inFlight;
		this.retries = new RetryStage(parts);
		this.lockGuard = new LockGuard(parts);
		this.stuckWatch = new StuckWatch(parts, inFlight);
		this.activity = new Activity(this.services.scheduler(), inFlight);
		SessionOptions sessions = this.definition.options().sessions();
		this.callsPerLane = sessions.enabled() ? sessions.maxConcurrentCalls() : 1;
		Concurrency range = this.definition.options().concurrency();
		this.concurrency = new ConcurrencyControl(range, this.services.scheduler(),
				(number) -> concurrency(parts.demand(), number));
		this.dispatch = DispatchStage.of(parts, new ResultStage(parts, this.retries, fatalErrors), this::enter,
				this::dispatcher);
		this.dispatcher = this.dispatch.dispatcher();
		this.idleWatch = new IdleWatch(this.services.scheduler(), this.definition.options().idleEventInterval(),
				() -> !this.inFlight.all().isEmpty(), new IdleReport(this.definition.id(), monitor()));
	}

	/**
	 * Messages may come now.
	 */
	void open() {
		this.idleWatch.start();
	}

	void arrived(ServiceBusReceivedMessage message, Lane lane) {
		Delivery delivery = new Delivery(message, lane, this.settler, this.activity.arrived());
		message.settledBy(delivery);
		this.inFlight.add(delivery);
		this.idleWatch.message();
		this.stuckWatch.message();
		enter(delivery);
	}

	void lockLost(ServiceBusReceivedMessage message, ServiceBusException failure) {
		Delivery delivery = this.inFlight.find(message);
		if (delivery != null) {
			this.settler.lost(delivery, failure);
		}
	}

	void lockExpiring(ServiceBusReceivedMessage message) {
		Delivery delivery = this.inFlight.find(message);
		if (delivery != null) {
			this.lockGuard.expiring(delivery);
		}
	}

	/**
	 * Has a message handled as soon as a worker is free.
	 */
	void dispatch(Delivery delivery) {
		this.dispatch.entry().accept(delivery);
	}

	/**
	 * Makes the gate of a session.
	 */
	Gate newGate() {
		return this.dispatch.gates().get();
	}

	void concurrency(Concurrency range) {
		this.concurrency.range(range);
	}

	Activity activity() {
		return this.activity;
	}

	int stuck() {
		return this.stuckWatch.stuck();
	}

	int currentConcurrency() {
		return this.concurrency.current();
	}

	/**
	 * Returns whether the caller is a listener of this container.
	 */
	boolean isInListener() {
		return this.dispatcher.isWorker();
	}

	/**
	 * Gives back what the listener does not have: messages that were not handled yet are
	 * released, so that their delivery count does not rise, and those that wait for
	 * another attempt abandoned. Deleted messages cannot be given back; they are still
	 * handled.
	 */
	void close() {
		this.idleWatch.stop();
		this.stuckWatch.stop();
		this.concurrency.close();
		if (this.definition.options().settlement() == SettlementMode.RECEIVE_AND_DELETE) {
			this.dispatch.flush().run();
			return;
		}
		this.closed = true;
		this.retries.close();
		for (Delivery delivery : this.inFlight.all()) {
			switch (delivery.phase()) {
				case QUEUED -> this.settler.giveBack(delivery);
				case WAITING -> this.settler.abandonWaiting(delivery);
				default -> {
				}
			}
		}
	}

	/**
	 * Completes when every listener has returned and every settlement is confirmed. To be
	 * called when no more messages come.
	 */
	CompletableFuture<Void> whenDrained() {
		return this.inFlight.whenEmpty().thenCompose((empty) -> this.dispatcher.whenIdle());
	}

	/**
	 * Gives back even what the listener still has.
	 * @return how many messages that were
	 */
	int giveUp() {
		int unfinished = 0;
		for (Delivery delivery : this.inFlight.all()) {
			if (delivery.phase().isUnfinished()) {
				unfinished++;
				this.settler.giveBack(delivery, Dispositions.RELEASE);
			}
		}
		return unfinished;
	}

	private <T> Dispatcher<T> dispatcher(Dispatcher.Handler<T> handler) {
		return new Dispatcher<>(this.services.executor(), this.concurrency.current() * this.callsPerLane, (item) -> {
			this.concurrency.begins(this.dispatcher.busy() / this.callsPerLane);
			return handler.handle(item);
		}, this.concurrency::idle, this::rejected);
	}

	/**
	 * A message waits for the listener, for the first time or because the listener has
	 * not begun with it.
	 */
	private void enter(Delivery delivery) {
		if (this.closed) {
			this.settler.giveBack(delivery);
		}
		else {
			delivery.lane().enter(delivery);
		}
	}

	private void concurrency(Demand demand, int number) {
		this.dispatcher.permits(number * this.callsPerLane);
		demand.concurrency(number * this.definition.demandPerCall());
	}

	private void rejected(Throwable failure) {
		this.threads.refused(failure, this.dispatcher::wake);
	}

	private ListenerMonitor monitor() {
		return this.services.monitor();
	}

	private record IdleReport(String listenerId, ListenerMonitor monitor) implements IdleWatch.Listener {

		@Override
		public void idle() {
			this.monitor.idle(this.listenerId);
		}

		@Override
		public void active() {
			this.monitor.active(this.listenerId);
		}

	}

}
