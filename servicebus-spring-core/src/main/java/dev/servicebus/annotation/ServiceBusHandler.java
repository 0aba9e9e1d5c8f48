package dev.servicebus.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.messaging.handler.annotation.MessageMapping;

/**
 * Makes a method one of several that handle the messages of a {@link ServiceBusListener}
 * on their class. Which one gets a message depends on the type of its payload:
 *
 * <ol>
 * <li>a message that names its type
 * ({@link dev.servicebus.converter.MessageTypes#PROPERTY}) goes to the method with that
 * type as payload, or else the nearest supertype of it. Names are those of the converter,
 * and those that {@link dev.servicebus.converter.MessageType} gives to the payloads of
 * the methods;
 * <li>without a name, text goes to a method with a {@code String} as payload, and bytes
 * ({@code application/octet-stream}) to one with a {@code byte[]};
 * <li>everything else goes to the {@linkplain #isDefault() default} method or, without a
 * name, to the only one that it can be meant for;
 * <li>a message for which there is no method is dead-lettered at once.
 * </ol>
 *
 * <p>
 * The methods may take and return what a method with {@link ServiceBusListener} may, but
 * for batches. Methods that could never be chosen stop the application.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@MessageMapping
public @interface ServiceBusHandler {

	/**
	 * Whether the method gets the messages that no other method of the class is for.
	 */
	boolean isDefault() default false;

}
