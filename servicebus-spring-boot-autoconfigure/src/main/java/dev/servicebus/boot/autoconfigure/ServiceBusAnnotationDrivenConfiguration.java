package dev.servicebus.boot.autoconfigure;

import java.util.Random;

import dev.servicebus.annotation.EnableServiceBus;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.endpoint.ListenerOptionsCustomizer;
import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.BackPressure;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerInterceptor;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.ReplyPostProcessor;
import dev.servicebus.listener.SessionLifecycleListener;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ListenerThreads;
import dev.servicebus.listener.event.ListenerEventPublisher;
import dev.servicebus.observation.ServiceBusObservations;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * What listeners need.
 */
@Configuration(proxyBeanMethods = false)
class ServiceBusAnnotationDrivenConfiguration {

	@Bean("serviceBusListenerThreads")
	@ConditionalOnMissingBean
	@ConditionalOnThreading(Threading.PLATFORM)
	ListenerThreads platformListenerThreads() {
		return ListenerThreads.platform();
	}

	@Bean("serviceBusListenerThreads")
	@ConditionalOnMissingBean
	@ConditionalOnThreading(Threading.VIRTUAL)
	ListenerThreads virtualListenerThreads() {
		return ListenerThreads.of(new VirtualThreadTaskExecutor("servicebus-listener-"));
	}

	@Bean
	@ConditionalOnMissingBean
	ListenerEventPublisher serviceBusListenerEventPublisher(ApplicationEventPublisher publisher,
			ListenerThreads threads) {
		return new ListenerEventPublisher(publisher, threads.executor(), threads.scheduler());
	}

	@Bean
	@ConditionalOnMissingBean
	ContainerServices serviceBusContainerServices(MessagingClient client, ListenerThreads threads,
			ObjectProvider<ListenerMonitor> monitors, ObjectProvider<SessionLifecycleListener> sessionListeners,
			ObjectProvider<ListenerInterceptor> interceptors, ObjectProvider<ReplyPostProcessor> replyPostProcessors,
			ObjectProvider<BackPressure> backPressure, ServiceBusObservations observations) {
		return new ContainerServices(client, threads.executor(), threads.scheduler(), new Random(),
				ListenerMonitor.of(monitors.orderedStream().toList()),
				SessionLifecycleListener.of(sessionListeners.orderedStream().toList()))
			.withInterceptors(interceptors.orderedStream().toList())
			.withReplyPostProcessors(replyPostProcessors.orderedStream().toList())
			.withBackPressure(backPressure.getIfUnique(() -> BackPressure.NONE))
			.withObservations(observations);
	}

	@Bean
	@ConditionalOnMissingBean
	ServiceBusListenerContainerFactoryConfigurer serviceBusListenerContainerFactoryConfigurer(
			ServiceBusProperties properties, ContainerServices services, ObjectProvider<ErrorHandler> errorHandler,
			ObjectProvider<ListenerOptionsCustomizer> customizers) {
		ListenerOptionsCustomizer customizer = customizers.orderedStream()
			.reduce(ListenerOptionsMapper.overrides(properties.listeners()), ListenerOptionsCustomizer::andThen);
		return new ServiceBusListenerContainerFactoryConfigurer(services,
				ListenerOptionsMapper.defaults(properties.listener()),
				errorHandler.getIfUnique(() -> ErrorHandler.PROPOSED), customizer);
	}

	@Bean(EnableServiceBus.CONTAINER_FACTORY)
	@ConditionalOnMissingBean(name = EnableServiceBus.CONTAINER_FACTORY)
	ServiceBusListenerContainerFactory serviceBusListenerContainerFactory(
			ServiceBusListenerContainerFactoryConfigurer configurer) {
		return configurer.createFactory();
	}

	@Bean
	UnknownListenerCheck serviceBusUnknownListenerCheck(ApplicationContext context, ServiceBusProperties properties,
			ObjectProvider<ServiceBusListenerEndpointRegistry> registry) {
		return new UnknownListenerCheck(context, properties.listeners().keySet(), registry);
	}

	@Bean
	static ListenerPhase serviceBusListenerPhase(Environment environment) {
		return new ListenerPhase(environment);
	}

	/**
	 * Finds listeners, unless the application has said so itself.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableServiceBus
	@ConditionalOnMissingBean(name = EnableServiceBus.POST_PROCESSOR)
	static class EnableServiceBusConfiguration {

	}

}
