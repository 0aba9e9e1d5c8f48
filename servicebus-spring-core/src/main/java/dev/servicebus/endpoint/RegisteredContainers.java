package dev.servicebus.endpoint;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.SubQueue;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.container.ServiceBusListenerContainer;

/**
 * The containers of a registry. Thread-safe.
 */
final class RegisteredContainers {

	private final Map<String, Registration> registrations = new ConcurrentHashMap<>();

	private final ReentrantLock adding = new ReentrantLock();

	/**
	 * Adds a container.
	 * @throws IllegalStateException if its id is taken, or its retry queue is not its own
	 */
	void add(ServiceBusListenerEndpoint endpoint, ServiceBusListenerContainer container, MessagingClient client) {
		Registration added = new Registration(endpoint.listenerId(), container, client);
		this.adding.lock();
		try {
			Registration present = this.registrations.get(container.id());
			if (present != null) {
				throw new IllegalStateException("The listener id '" + container.id() + "' on '" + container.target()
						+ "' is taken by the listener on '" + present.container.target() + "'");
			}
			Stream.concat(this.registrations.values().stream(), Stream.of(added)).forEach((other) -> {
				added.refuseToShareRetryQueue(other);
				other.refuseToShareRetryQueue(added);
			});
			this.registrations.put(container.id(), added);
		}
		finally {
			this.adding.unlock();
		}
	}

	void remove(ServiceBusListenerContainer container) {
		this.registrations.computeIfPresent(container.id(),
				(id, registration) -> (registration.container == container) ? null : registration);
	}

	@Nullable ServiceBusListenerContainer get(String id) {
		Registration registration = this.registrations.get(id);
		return (registration != null) ? registration.container : null;
	}

	/**
	 * All containers, as they are now.
	 */
	Collection<ServiceBusListenerContainer> all() {
		return this.registrations.values().stream().map(Registration::container).toList();
	}

	/**
	 * The containers of a listener, and the one whose own id this is.
	 */
	Collection<ServiceBusListenerContainer> ofListener(String id) {
		return this.registrations.values()
			.stream()
			.filter((registration) -> registration.listenerId.equals(id) || registration.container.id().equals(id))
			.map(Registration::container)
			.toList();
	}

	boolean contains(ServiceBusListenerContainer container) {
		return get(container.id()) == container;
	}

	private record Registration(String listenerId, ServiceBusListenerContainer container, MessagingClient client) {

		/**
		 * Copies of messages come back to the listener whose retry queue it is, and would
		 * be somebody else's if two listened there.
		 */
		void refuseToShareRetryQueue(Registration other) {
			String queue = retryQueue();
			if (queue == null || this.client != other.client) {
				return;
			}
			if (other.listensTo(queue) || (other != this && queue.equalsIgnoreCase(other.retryQueue()))) {
				throw new IllegalStateException("Listener '" + this.container.id() + "' cannot have the retry queue '"
						+ queue + "', which must belong to it alone: " + ((other == this) ? "it is the queue itself"
								: "listener '" + other.container.id() + "' uses it, too"));
			}
		}

		private @Nullable String retryQueue() {
			return this.container.options().failures().retryQueue();
		}

		private boolean listensTo(String queue) {
			ListenerTarget target = this.container.target();
			return target.subscription() == null && target.subQueue() == SubQueue.NONE
					&& target.entity().equalsIgnoreCase(queue);
		}

	}

}
