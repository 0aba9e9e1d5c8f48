package dev.servicebus.endpoint;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.container.ServiceBusListenerContainer;

/**
 * The containers of all listeners that are declared, by their ids. Starts them when the
 * application has started and stops them, all at once, before anything else stops; when
 * it is started again, so are exactly those that it has stopped.
 *
 * <p>
 * Thread-safe.
 */
public final class ServiceBusListenerEndpointRegistry
		implements ServiceBusListenerEndpointRegistrar, SmartLifecycle, BeanFactoryAware, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(ServiceBusListenerEndpointRegistry.class);

	private final RegisteredContainers containers = new RegisteredContainers();

	private final ReentrantLock lock = new ReentrantLock();

	private final int phase;

	private volatile @Nullable BeanFactory beanFactory;

	private volatile boolean running;

	/** What ran when the registry was stopped, {@code null} before. */
	private @Nullable Collection<ServiceBusListenerContainer> interrupted;

	/**
	 * Makes a registry in the phase {@link ListenerOptions#DEFAULT_PHASE}.
	 */
	public ServiceBusListenerEndpointRegistry() {
		this(ListenerOptions.DEFAULT_PHASE);
	}

	/**
	 * Makes a registry.
	 * @param phase when its containers start and stop relative to other beans; their own
	 * phases have no meaning here
	 */
	public ServiceBusListenerEndpointRegistry(int phase) {
		this.phase = phase;
	}

	@Override
	public void setBeanFactory(BeanFactory newBeanFactory) {
		this.beanFactory = newBeanFactory;
	}

	/**
	 * Makes a container for an endpoint with the container factory bean named
	 * {@value ServiceBusListenerContainerFactory#DEFAULT_BEAN_NAME}.
	 * @throws IllegalStateException if the id is taken, or another listener has the same
	 * retry queue
	 * @see #register(ServiceBusListenerEndpoint, ServiceBusListenerContainerFactory)
	 */
	@Override
	public ServiceBusListenerContainer register(ServiceBusListenerEndpoint endpoint) {
		BeanFactory beans = this.beanFactory;
		if (beans == null) {
			throw new IllegalStateException("The registry is not a bean, so there is no default container factory for '"
					+ endpoint.id() + "'; name one");
		}
		return register(endpoint, beans.getBean(ServiceBusListenerContainerFactory.DEFAULT_BEAN_NAME,
				ServiceBusListenerContainerFactory.class));
	}

	/**
	 * Makes a container for an endpoint. It is started with the others or, when they run
	 * already, at once, if it {@linkplain ListenerOptions#autoStartup() starts by
	 * itself}.
	 * @throws IllegalStateException if the id is taken, or another listener has the same
	 * retry queue
	 */
	@Override
	public ServiceBusListenerContainer register(ServiceBusListenerEndpoint endpoint,
			ServiceBusListenerContainerFactory factory) {
		ServiceBusListenerContainer container = factory.createContainer(endpoint);
		this.containers.add(endpoint, container, factory.client());
		startIfRunning(container);
		return container;
	}

	/**
	 * Stops a container and forgets it; its id may be used again. Waits for listeners
	 * that are busy, at most as long as its options say.
	 * @param id the id of the container; a listener of several queues has
	 * {@linkplain #getListenerContainers(String) several}
	 * @return the container, {@code null} if there is none with this id
	 */
	public @Nullable ServiceBusListenerContainer unregister(String id) {
		ServiceBusListenerContainer container = this.containers.remove(id);
		if (container != null) {
			container.stop();
		}
		return container;
	}

	/**
	 * The container of a listener, {@code null} if there is none with this id.
	 */
	public @Nullable ServiceBusListenerContainer getListenerContainer(String id) {
		return this.containers.get(id);
	}

	/**
	 * The containers of a listener, one for each of its queues, in no particular order;
	 * none if there is no listener with this id.
	 */
	public Collection<ServiceBusListenerContainer> getListenerContainers(String listenerId) {
		return this.containers.ofListener(listenerId);
	}

	/**
	 * All containers, in no particular order.
	 */
	public Collection<ServiceBusListenerContainer> getListenerContainers() {
		return this.containers.all();
	}

	@Override
	public void start() {
		this.lock.lock();
		try {
			if (this.running) {
				return;
			}
			this.running = true;
			toStart().forEach(ServiceBusListenerContainer::start);
			this.interrupted = null;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void stop() {
		Collection<ServiceBusListenerContainer> stopping = beginStop();
		stopping.forEach((container) -> container.stop(() -> {
		}));
		stopping.forEach(ServiceBusListenerContainer::stop);
	}

	@Override
	public void stop(Runnable callback) {
		Collection<ServiceBusListenerContainer> stopping = beginStop();
		AtomicInteger open = new AtomicInteger(stopping.size() + 1);
		Runnable stopped = () -> {
			if (open.decrementAndGet() == 0) {
				callback.run();
			}
		};
		stopping.forEach((container) -> stop(container, stopped));
		stopped.run();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

	/**
	 * Stops what runs, also if the application has failed to start.
	 */
	@Override
	public void destroy() {
		stop();
	}

	private void startIfRunning(ServiceBusListenerContainer container) {
		this.lock.lock();
		try {
			if (this.running && container.isAutoStartup()) {
				container.start();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private Collection<ServiceBusListenerContainer> toStart() {
		Collection<ServiceBusListenerContainer> before = this.interrupted;
		if (before != null) {
			return before.stream().filter(this.containers::contains).toList();
		}
		return this.containers.all().stream().filter(ServiceBusListenerContainer::isAutoStartup).toList();
	}

	private Collection<ServiceBusListenerContainer> beginStop() {
		this.lock.lock();
		try {
			List<ServiceBusListenerContainer> active = this.containers.all()
				.stream()
				.filter(ServiceBusListenerContainer::isRunning)
				.toList();
			if (this.running) {
				this.interrupted = active;
			}
			this.running = false;
			return active;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void stop(ServiceBusListenerContainer container, Runnable callback) {
		try {
			container.stop(callback);
		}
		catch (RuntimeException ex) {
			logger.warn("{} could not be stopped", container, ex);
			callback.run();
		}
	}

}
