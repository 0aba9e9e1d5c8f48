package dev.servicebus.endpoint;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
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
	 * itself}. If it cannot start, it is not registered.
	 * @throws IllegalStateException if the id is taken, or another listener has the same
	 * retry queue
	 */
	@Override
	public ServiceBusListenerContainer register(ServiceBusListenerEndpoint endpoint,
			ServiceBusListenerContainerFactory factory) {
		ServiceBusListenerContainer container = factory.createContainer(endpoint);
		this.containers.add(endpoint, container, factory.client());
		try {
			startIfRunning(container);
		}
		catch (RuntimeException ex) {
			this.containers.remove(container);
			throw ex;
		}
		return container;
	}

	/**
	 * Stops a listener and forgets it; its id may be used again. Waits for methods that
	 * are busy, at most as long as its options say.
	 * @param id the id of the listener, or of one of its containers if it has several
	 * queues
	 * @return the containers, none if there is no listener with this id
	 */
	public Collection<ServiceBusListenerContainer> unregister(String id) {
		Collection<ServiceBusListenerContainer> removed = this.containers.ofListener(id);
		removed.forEach(this.containers::remove);
		ContainerStops.stop(removed);
		return removed;
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
		ContainerStops.stop(beginStop());
	}

	@Override
	public void stop(Runnable callback) {
		ContainerStops.stop(beginStop(), callback);
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

}
