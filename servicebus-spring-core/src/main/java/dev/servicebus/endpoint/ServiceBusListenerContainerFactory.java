package dev.servicebus.endpoint;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

import org.aopalliance.aop.Advice;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerInterceptor;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.MessageFilter;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ListenerDefinition;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.reply.Answers;
import dev.servicebus.listener.reply.ExceptionReturningListener;

/**
 * Makes containers for endpoints. The options of a container are those of the factory,
 * changed by the endpoint, changed by what the application configures for the id of the
 * listener and, if that has several containers, for that of this one. Immutable and
 * thread-safe.
 */
public final class ServiceBusListenerContainerFactory {

	/** The bean that makes the containers of listeners that name no other. */
	public static final String DEFAULT_BEAN_NAME = "serviceBusListenerContainerFactory";

	private final ContainerServices services;

	private final ListenerOptions defaults;

	private final ErrorHandler errorHandler;

	private final ListenerOptionsCustomizer customizer;

	private final List<Advice> advice;

	/**
	 * Makes a factory with default options.
	 * @param services what its containers share
	 */
	public ServiceBusListenerContainerFactory(ContainerServices services) {
		this(services, ListenerOptions.builder().build(), ErrorHandler.PROPOSED, ListenerOptionsCustomizer.NONE);
	}

	/**
	 * Makes a factory.
	 * @param services what its containers share
	 * @param defaults the options of containers whose endpoints say nothing else
	 * @param errorHandler decides for endpoints without an error handler of their own
	 * @param customizer has the last word on the options of each container
	 */
	public ServiceBusListenerContainerFactory(ContainerServices services, ListenerOptions defaults,
			ErrorHandler errorHandler, ListenerOptionsCustomizer customizer) {
		this.services = Objects.requireNonNull(services, "services");
		this.defaults = Objects.requireNonNull(defaults, "defaults");
		this.errorHandler = Objects.requireNonNull(errorHandler, "errorHandler");
		this.customizer = Objects.requireNonNull(customizer, "customizer");
		this.advice = List.of();
	}

	private ServiceBusListenerContainerFactory(ServiceBusListenerContainerFactory base, List<Advice> advice) {
		this.services = base.services;
		this.defaults = base.defaults;
		this.errorHandler = base.errorHandler;
		this.customizer = base.customizer;
		this.advice = List.copyOf(advice);
	}

	/**
	 * A factory that puts advice around each call of its listeners, inside of their
	 * {@linkplain dev.servicebus.listener.ListenerInterceptor interceptors}. What goes on
	 * after a listener has returned is outside of it.
	 * @param newAdvice for example {@code MethodInterceptor}s, the first outermost
	 */
	public ServiceBusListenerContainerFactory withAdvice(List<Advice> newAdvice) {
		return new ServiceBusListenerContainerFactory(this, newAdvice);
	}

	/**
	 * What brings the messages of its containers.
	 */
	public MessagingClient client() {
		return this.services.client();
	}

	/**
	 * What answers the requests that its containers receive.
	 */
	public Answers answers() {
		return new Answers(this.services.client(), this.services.replyPostProcessors());
	}

	/**
	 * Makes a container, which is not started.
	 * @throws IllegalArgumentException if the options contradict each other
	 */
	public ServiceBusListenerContainer createContainer(ServiceBusListenerEndpoint endpoint) {
		ListenerOptions.Builder options = this.defaults.mutate();
		endpoint.options().customize(endpoint.id(), options);
		this.customizer.customize(endpoint.listenerId(), options);
		if (!endpoint.id().equals(endpoint.listenerId())) {
			this.customizer.customize(endpoint.id(), options);
		}
		Executor executor = endpoint.executor();
		return new ServiceBusListenerContainer(definition(endpoint, options.build()),
				(executor != null) ? this.services.withExecutor(executor) : this.services);
	}

	private MessageListener listener(MessageListener listener, ListenerOptions options) {
		boolean returning = options.failures().returnExceptions() && !(listener instanceof BatchMessageListener);
		return returning ? new ExceptionReturningListener(listener, answers()) : listener;
	}

	private ListenerDefinition definition(ServiceBusListenerEndpoint endpoint, ListenerOptions options) {
		ErrorHandler ownHandler = endpoint.errorHandler();
		MessageFilter filter = endpoint.filter();
		return new ListenerDefinition(endpoint.id(), endpoint.target(),
				AdvisedListener.of(listener(endpoint.listener(), options), this.advice),
				(ownHandler != null) ? ownHandler : this.errorHandler, options,
				(filter != null) ? List.of(ListenerInterceptor.of(filter)) : List.of());
	}

}
