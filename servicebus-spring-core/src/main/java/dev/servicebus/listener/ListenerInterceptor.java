package dev.servicebus.listener;

import org.jspecify.annotations.Nullable;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Does something before and after each call of a listener. Interceptors of a container
 * are asked in their order before the call, and in the opposite one after it.
 * Thread-safe.
 */
public interface ListenerInterceptor {

	/**
	 * An interceptor that completes what a filter does not accept.
	 */
	static ListenerInterceptor of(MessageFilter filter) {
		return new ListenerInterceptor() {
			@Override
			public Interception before(ServiceBusReceivedMessage message, ListenerContext context) throws Exception {
				return filter.accepts(message) ? Interception.proceed(message) : Interception.skip(Outcome.complete());
			}
		};
	}

	/**
	 * A message is about to be handed to the listener, on the thread of the listener. To
	 * throw is a failure of the handling, like one of the listener.
	 * @param message the message, as an interceptor before this one may have replaced it
	 * @return what to do about it
	 */
	default Interception before(ServiceBusReceivedMessage message, ListenerContext context) throws Exception {
		return Interception.proceed(message);
	}

	/**
	 * The handling has ended, and the message is about to be settled if it is not yet.
	 * Called once for each {@link #before} that returned, whatever came after it; on the
	 * thread on which the handling ended. What it throws is logged and changes nothing.
	 * @param message the message as the listener had it
	 * @param error what was thrown, {@code null} if nothing
	 */
	default void after(ServiceBusReceivedMessage message, ListenerContext context, @Nullable Throwable error)
			throws Exception {
	}

}
