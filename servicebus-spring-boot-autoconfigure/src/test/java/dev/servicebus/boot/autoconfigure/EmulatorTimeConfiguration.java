package dev.servicebus.boot.autoconfigure;

import java.util.Random;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.SessionLifecycleListener;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ListenerThreads;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets {@link EmulatorTime} time all listeners.
 */
@Configuration(proxyBeanMethods = false)
class EmulatorTimeConfiguration {

	@Bean
	ContainerServices containerServices(MessagingClient client, ListenerThreads threads, EmulatorTime time,
			ObjectProvider<ListenerMonitor> monitors, ObjectProvider<SessionLifecycleListener> sessionListeners) {
		return new ContainerServices(client, threads.executor(), time, new Random(7),
				ListenerMonitor.of(monitors.orderedStream().toList()),
				SessionLifecycleListener.of(sessionListeners.orderedStream().toList()));
	}

}
