package dev.servicebus.template;

import java.util.List;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.message.ServiceBusMessage;

/**
 * Calls the interceptors of a template. Thread-safe.
 *
 * @param interceptors in the order in which they see a message before it is sent
 */
record InterceptorChain(List<SendInterceptor> interceptors) {

	private static final Logger logger = LoggerFactory.getLogger(InterceptorChain.class);

	boolean isEmpty() {
		return this.interceptors.isEmpty();
	}

	/**
	 * Lets all of them see a message. If one throws, those before it learn of that.
	 */
	ServiceBusMessage before(String destination, ServiceBusMessage message) {
		ServiceBusMessage current = message;
		for (int i = 0; i < this.interceptors.size(); i++) {
			try {
				current = this.interceptors.get(i).before(destination, current);
			}
			catch (RuntimeException | Error ex) {
				after(i, destination, current, ex);
				throw ex;
			}
		}
		return current;
	}

	void after(String destination, ServiceBusMessage message, @Nullable Throwable failure) {
		Throwable cause = (failure != null) ? AsyncFailures.unwrap(failure) : null;
		after(this.interceptors.size(), destination, message, cause);
	}

	/**
	 * Lets all of them see several messages, which they may replace in the list.
	 */
	void beforeAll(String destination, List<ServiceBusMessage> messages) {
		for (int i = 0; i < messages.size() && !isEmpty(); i++) {
			try {
				messages.set(i, before(destination, messages.get(i)));
			}
			catch (RuntimeException | Error ex) {
				afterAll(destination, messages.subList(0, i), (index) -> ex);
				throw ex;
			}
		}
	}

	void afterAll(String destination, List<ServiceBusMessage> messages, IntFunction<@Nullable Throwable> failures) {
		for (int i = 0; i < messages.size() && !isEmpty(); i++) {
			after(destination, messages.get(i), failures.apply(i));
		}
	}

	private void after(int count, String destination, ServiceBusMessage message, @Nullable Throwable failure) {
		for (int i = count - 1; i >= 0; i--) {
			try {
				this.interceptors.get(i).after(destination, message, failure);
			}
			catch (RuntimeException ex) {
				logger.warn("An interceptor has failed after a send to '{}'", destination, ex);
			}
		}
	}

}
