package dev.servicebus.listener.invoke;

import java.util.List;

import org.springframework.messaging.Message;

import dev.servicebus.listener.ListenerContext;

/**
 * A message, or batch, on its way into a method, as those see it who
 * {@linkplain org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver
 * make arguments}.
 *
 * @param <T> the payload
 */
public interface ListenerMessage<T> extends Message<T> {

	/**
	 * What the container offers for each message: one, or as many as a batch has, at
	 * least one.
	 */
	List<? extends ListenerContext> contexts();

	/**
	 * The id of the listener.
	 */
	default String listenerId() {
		return contexts().get(0).listenerId();
	}

}
