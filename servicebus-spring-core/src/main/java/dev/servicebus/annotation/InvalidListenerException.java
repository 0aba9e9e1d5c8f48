package dev.servicebus.annotation;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.FatalBeanException;

/**
 * A listener is declared in a way that cannot work.
 */
public class InvalidListenerException extends FatalBeanException {

	public InvalidListenerException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
