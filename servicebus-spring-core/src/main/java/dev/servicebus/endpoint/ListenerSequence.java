package dev.servicebus.endpoint;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.event.ListenerEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.SmartLifecycle;

/**
 * Runs groups of listeners one after another: the first group starts with the
 * application, and when all of its listeners are idle they are stopped and the next group
 * starts. After the last one nothing is started any more. To be declared as a bean.
 *
 * <p>
 * Its listeners must not start by themselves ({@linkplain ListenerOptions#autoStartup()
 * autoStartup = false}), and need an {@linkplain ListenerOptions#idleEventInterval()
 * idleEventInterval}.
 *
 * <p>
 * Thread-safe.
 */
public final class ListenerSequence
		implements ApplicationListener<PayloadApplicationEvent<? extends ListenerEvent>>, SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ListenerSequence.class);

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<String> idle = new HashSet<>();

	private final ServiceBusListenerEndpointRegistry registry;

	private final List<Set<String>> groups;

	/** The group that runs, or the number of groups. */
	private int current;

	private volatile boolean running;

	/**
	 * Makes a sequence.
	 * @param registry has the listeners
	 * @param groups the ids of the listeners of each group, in the order of their turns
	 * @throws IllegalArgumentException if a group is empty, or a listener is in two of
	 * them
	 */
	public ListenerSequence(ServiceBusListenerEndpointRegistry registry, List<Set<String>> groups) {
		this.registry = registry;
		this.groups = groups.stream().map(Set::copyOf).toList();
		this.current = this.groups.size();
		Set<String> all = new HashSet<>();
		for (Set<String> group : this.groups) {
			if (group.isEmpty()) {
				throw new IllegalArgumentException("a group of a sequence must not be empty");
			}
			for (String id : group) {
				if (!all.add(id)) {
					throw new IllegalArgumentException("the listener '" + id + "' is in two groups of a sequence");
				}
			}
		}
	}

	/**
	 * Starts the first group.
	 * @throws IllegalStateException if a listener is missing, starts by itself, or would
	 * never be reported as idle
	 */
	@Override
	public void start() {
		this.groups.forEach((group) -> group.forEach(this::check));
		this.lock.lock();
		try {
			this.running = true;
			start(0);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Stops the group that runs.
	 */
	@Override
	public void stop() {
		Set<String> stopping = Set.of();
		this.lock.lock();
		try {
			if (this.running && this.current < this.groups.size()) {
				stopping = this.groups.get(this.current);
			}
			this.running = false;
			this.current = this.groups.size();
		}
		finally {
			this.lock.unlock();
		}
		stopping.forEach((id) -> container(id).stop());
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * After the registry has started, and before it stops.
	 */
	@Override
	public int getPhase() {
		return this.registry.getPhase() + 1;
	}

	@Override
	public void onApplicationEvent(PayloadApplicationEvent<? extends ListenerEvent> event) {
		if (event.getPayload() instanceof ListenerEvent.Idle nowIdle) {
			idle(nowIdle.listenerId());
		}
		else if (event.getPayload() instanceof ListenerEvent.Active active) {
			active(active.listenerId());
		}
	}

	private void idle(String listenerId) {
		this.lock.lock();
		try {
			if (!isCurrent(listenerId)) {
				return;
			}
			this.idle.add(listenerId);
			Set<String> group = this.groups.get(this.current);
			if (this.idle.containsAll(group)) {
				group.forEach((id) -> container(id).stop(() -> {
				}));
				startNext();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void active(String listenerId) {
		this.lock.lock();
		try {
			this.idle.remove(listenerId);
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isCurrent(String listenerId) {
		return this.running && this.current < this.groups.size() && this.groups.get(this.current).contains(listenerId);
	}

	private void startNext() {
		try {
			start(this.current + 1);
		}
		catch (RuntimeException ex) {
			logger.error("Not all listeners of the group {} could be started", this.groups.get(this.current), ex);
		}
	}

	private void start(int group) {
		this.current = group;
		this.idle.clear();
		if (group < this.groups.size()) {
			this.groups.get(group).forEach((id) -> container(id).start());
		}
	}

	private void check(String id) {
		ListenerOptions options = container(id).options();
		if (options.autoStartup()) {
			throw new IllegalStateException("The listener '" + id
					+ "' of a sequence must have autoStartup = false, so that it waits for its turn");
		}
		if (options.idleEventInterval().isZero()) {
			throw new IllegalStateException("The listener '" + id
					+ "' of a sequence needs an idleEventInterval; otherwise its turn would never end");
		}
	}

	private ServiceBusListenerContainer container(String id) {
		ServiceBusListenerContainer container = this.registry.getListenerContainer(id);
		if (container == null) {
			throw new IllegalStateException("There is no listener '" + id + "' for a sequence");
		}
		return container;
	}

}
