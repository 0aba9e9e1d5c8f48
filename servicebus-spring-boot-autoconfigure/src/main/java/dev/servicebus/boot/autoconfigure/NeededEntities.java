package dev.servicebus.boot.autoconfigure;

import java.util.List;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.SubQueue;
import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.admin.TopicProperties;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.topology.SubscriptionDeclaration;
import dev.servicebus.topology.Topology;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The entities that an application needs: those that its beans declare, and those that
 * its listeners name, as far as they are in the same namespace. What is declared wins.
 */
final class NeededEntities {

	private final ListableBeanFactory beanFactory;

	NeededEntities(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	Topology topology() {
		Topology single = new Topology(beans(QueueProperties.class), beans(TopicProperties.class),
				beans(SubscriptionDeclaration.class));
		return beans(Topology.class).stream().reduce(single, Topology::and).and(ofListeners());
	}

	private Topology ofListeners() {
		MessagingClient client = this.beanFactory.getBeanProvider(MessagingClient.class).getIfUnique();
		return beans(ServiceBusListenerEndpointRegistry.class).stream()
			.flatMap((registry) -> registry.getListenerContainers().stream())
			.filter((container) -> container.client() == client)
			// Whether the entity has sessions does not show in its sub-queues.
			.filter((container) -> container.target().subQueue() == SubQueue.NONE)
			.reduce(Topology.EMPTY, NeededEntities::with, Topology::and);
	}

	private static Topology with(Topology topology, ServiceBusListenerContainer container) {
		ListenerTarget target = container.target();
		boolean sessions = container.options().sessions().enabled();
		String subscription = target.subscription();
		Topology more = (subscription != null)
				? topology.with(new SubscriptionDeclaration(target.entity(),
						SubscriptionProperties.builder(subscription).sessionRequired(sessions).build(), List.of()))
				: topology.with(QueueProperties.builder(target.entity()).sessionRequired(sessions).build());
		String retryQueue = container.options().failures().retryQueue();
		return (retryQueue != null) ? more.withQueue(retryQueue) : more;
	}

	private <T> List<T> beans(Class<T> type) {
		return this.beanFactory.getBeanProvider(type).orderedStream().toList();
	}

}
