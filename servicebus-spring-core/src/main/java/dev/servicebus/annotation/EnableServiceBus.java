package dev.servicebus.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import org.springframework.context.annotation.Import;

/**
 * Finds methods with {@link ServiceBusListener} in the beans of the application, and runs
 * them. Needs a {@link ServiceBusListenerContainerFactory} bean, by default the one named
 * {@value #CONTAINER_FACTORY}. Spring Boot's auto-configuration brings all of it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import(ListenerInfrastructureRegistrar.class)
public @interface EnableServiceBus {

	/** The container factory of listeners that name no other. */
	String CONTAINER_FACTORY = ServiceBusListenerContainerFactory.DEFAULT_BEAN_NAME;

	/** The bean that finds the annotations. */
	String POST_PROCESSOR = "dev.servicebus.annotation.internalServiceBusListenerPostProcessor";

	/**
	 * The {@link dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry}; the
	 * application may define it itself.
	 */
	String REGISTRY = "serviceBusListenerEndpointRegistry";

}
