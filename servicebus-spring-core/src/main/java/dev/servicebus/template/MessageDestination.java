package dev.servicebus.template;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Where payloads of this type, and of types below it, are sent when a call names no
 * destination.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface MessageDestination {

	/**
	 * The queue or topic; <code>${...}</code> is resolved by auto-configured templates.
	 */
	String value();

}
