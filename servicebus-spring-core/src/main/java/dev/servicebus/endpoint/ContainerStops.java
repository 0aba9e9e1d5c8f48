package dev.servicebus.endpoint;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.listener.container.ServiceBusListenerContainer;

/**
 * Stops containers, all at the same time.
 */
final class ContainerStops {

	private static final Logger logger = LoggerFactory.getLogger(ContainerStops.class);

	private ContainerStops() {
	}

	/**
	 * Stops containers and waits for them.
	 */
	static void stop(Collection<ServiceBusListenerContainer> containers) {
		containers.forEach((container) -> container.stop(() -> {
		}));
		containers.forEach(ServiceBusListenerContainer::stop);
	}

	/**
	 * Stops containers without waiting.
	 * @param callback called once when the last of them has stopped
	 */
	static void stop(Collection<ServiceBusListenerContainer> containers, Runnable callback) {
		AtomicInteger open = new AtomicInteger(containers.size() + 1);
		Runnable stopped = () -> {
			if (open.decrementAndGet() == 0) {
				callback.run();
			}
		};
		containers.forEach((container) -> stop(container, stopped));
		stopped.run();
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
