package dev.servicebus.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.messaging.handler.annotation.MessageMapping;

/**
 * Makes a method the last resort of the {@link ServiceBusListener listeners} of the same
 * bean: it is called with each message that is about to be dead-lettered because its
 * listener has failed with it, when the attempts are used up or no other one is made.
 *
 * <p>
 * The method may take what a listener method may, and the exception, or one of its causes
 * by its type. It is called on the thread on which the listener has failed, and the
 * message keeps its lock meanwhile. What it returns is ignored. When it throws, the
 * message is dead-lettered all the same and tells that, too.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@MessageMapping
public @interface DeadLetterHandler {

	/**
	 * The ids of the listeners whose messages it handles. By default all listeners of the
	 * bean that no other method names.
	 */
	String[] listeners() default {};

	/**
	 * Whether the message is completed, and not dead-lettered, when the method returns.
	 */
	boolean complete() default false;

}
