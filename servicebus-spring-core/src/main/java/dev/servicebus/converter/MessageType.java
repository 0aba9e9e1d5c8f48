package dev.servicebus.converter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name by which messages tell that their payload is of this type. It means something
 * only for types that are listed in {@link MessageTypes}, and for the payloads of the
 * methods of a listener class.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface MessageType {

	/**
	 * The name, such as {@code order-placed}.
	 */
	String value();

}
