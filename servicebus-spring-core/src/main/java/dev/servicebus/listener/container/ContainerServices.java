package dev.servicebus.listener.container;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.listener.BackPressure;
import dev.servicebus.listener.DelayScheduler;
import dev.servicebus.listener.ListenerInterceptor;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.ReplyPostProcessor;
import dev.servicebus.listener.SessionLifecycleListener;
import dev.servicebus.observation.ServiceBusObservations;

/**
 * What containers share and do not own. Immutable.
 *
 * @param client brings the messages
 * @param executor runs the listeners; one task stands for a listener thread that is busy
 * until no more messages wait, so it must be able to run as many at once as its
 * containers have concurrency, and must not run a task in the caller
 * @param scheduler times retries and shutdowns
 * @param random makes the delays between attempts uneven; thread-safe
 * @param monitor hears of failures
 * @param sessionListener hears of sessions, and may block
 * @param interceptors stand around every listener, the first outermost
 * @param replyPostProcessors have the last word on replies, in this order
 * @param backPressure limits what containers ask for
 * @param observations observes what listeners do with messages
 */
public record ContainerServices(MessagingClient client, Executor executor, DelayScheduler scheduler,
		RandomGenerator random, ListenerMonitor monitor, SessionLifecycleListener sessionListener,
		List<ListenerInterceptor> interceptors, List<ReplyPostProcessor> replyPostProcessors, BackPressure backPressure,
		ServiceBusObservations observations) {

	public ContainerServices {
		Objects.requireNonNull(client, "client");
		Objects.requireNonNull(executor, "executor");
		Objects.requireNonNull(scheduler, "scheduler");
		Objects.requireNonNull(random, "random");
		Objects.requireNonNull(monitor, "monitor");
		Objects.requireNonNull(sessionListener, "sessionListener");
		interceptors = List.copyOf(interceptors);
		replyPostProcessors = List.copyOf(replyPostProcessors);
		Objects.requireNonNull(backPressure, "backPressure");
		Objects.requireNonNull(observations, "observations");
	}

	/**
	 * Without anybody who hears of sessions, without interceptors and observations.
	 */
	public ContainerServices(MessagingClient client, Executor executor, DelayScheduler scheduler,
			RandomGenerator random, ListenerMonitor monitor) {
		this(client, executor, scheduler, random, monitor, SessionLifecycleListener.NONE);
	}

	/**
	 * Without interceptors and observations.
	 */
	public ContainerServices(MessagingClient client, Executor executor, DelayScheduler scheduler,
			RandomGenerator random, ListenerMonitor monitor, SessionLifecycleListener sessionListener) {
		this(client, executor, scheduler, random, monitor, sessionListener, List.of(), List.of(), BackPressure.NONE,
				ServiceBusObservations.NOOP);
	}

	public ContainerServices withClient(MessagingClient newClient) {
		return new ContainerServices(newClient, this.executor, this.scheduler, this.random, this.monitor,
				this.sessionListener, this.interceptors, this.replyPostProcessors, this.backPressure,
				this.observations);
	}

	public ContainerServices withExecutor(Executor newExecutor) {
		return new ContainerServices(this.client, newExecutor, this.scheduler, this.random, this.monitor,
				this.sessionListener, this.interceptors, this.replyPostProcessors, this.backPressure,
				this.observations);
	}

	public ContainerServices withSessionListener(SessionLifecycleListener newSessionListener) {
		return new ContainerServices(this.client, this.executor, this.scheduler, this.random, this.monitor,
				newSessionListener, this.interceptors, this.replyPostProcessors, this.backPressure, this.observations);
	}

	public ContainerServices withInterceptors(List<ListenerInterceptor> newInterceptors) {
		return new ContainerServices(this.client, this.executor, this.scheduler, this.random, this.monitor,
				this.sessionListener, newInterceptors, this.replyPostProcessors, this.backPressure, this.observations);
	}

	public ContainerServices withReplyPostProcessors(List<ReplyPostProcessor> newReplyPostProcessors) {
		return new ContainerServices(this.client, this.executor, this.scheduler, this.random, this.monitor,
				this.sessionListener, this.interceptors, newReplyPostProcessors, this.backPressure, this.observations);
	}

	public ContainerServices withBackPressure(BackPressure newBackPressure) {
		return new ContainerServices(this.client, this.executor, this.scheduler, this.random, this.monitor,
				this.sessionListener, this.interceptors, this.replyPostProcessors, newBackPressure, this.observations);
	}

	public ContainerServices withObservations(ServiceBusObservations newObservations) {
		return new ContainerServices(this.client, this.executor, this.scheduler, this.random, this.monitor,
				this.sessionListener, this.interceptors, this.replyPostProcessors, this.backPressure, newObservations);
	}

	/**
	 * The executor for tasks of a listener that can wait until it has a thread.
	 */
	PatientExecutor patientExecutor(String listenerId) {
		return new PatientExecutor(this.executor, this.scheduler,
				(failure) -> this.monitor.executorRejected(listenerId, failure));
	}

	ContainerServices withMonitor(ListenerMonitor newMonitor) {
		return new ContainerServices(this.client, this.executor, this.scheduler, this.random, newMonitor,
				this.sessionListener, this.interceptors, this.replyPostProcessors, this.backPressure,
				this.observations);
	}

}
