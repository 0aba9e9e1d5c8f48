package dev.servicebus.listener.container;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.listener.Interception;
import dev.servicebus.listener.ListenerInterceptor;
import dev.servicebus.listener.Outcome;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * The interceptors around a listener: those of all containers outside, its own inside.
 */
final class Interceptors {

	private static final Logger logger = LoggerFactory.getLogger(Interceptors.class);

	private final List<ListenerInterceptor> chain;

	Interceptors(Parts parts) {
		this.chain = Stream.concat(parts.services().interceptors().stream(), parts.definition().interceptors().stream())
			.toList();
	}

	/**
	 * Begins a call of the listener, {@code null} if nobody wants to know of it.
	 */
	@Nullable Call begin(Delivery delivery) {
		return this.chain.isEmpty() ? null : new Call(delivery);
	}

	/**
	 * One call of a listener.
	 */
	final class Call {

		private final Delivery delivery;

		private ServiceBusReceivedMessage message;

		private @Nullable Outcome skipped;

		private int entered;

		private Call(Delivery delivery) {
			this.delivery = delivery;
			this.message = delivery.message();
		}

		/**
		 * What the listener gets.
		 */
		ServiceBusReceivedMessage message() {
			return this.message;
		}

		/**
		 * What becomes of the message without the listener, {@code null} if the listener
		 * decides.
		 */
		@Nullable Outcome skipped() {
			return this.skipped;
		}

		/**
		 * Asks the interceptors.
		 * @return whether to call the listener
		 */
		boolean before() throws Exception {
			while (this.skipped == null && this.entered < Interceptors.this.chain.size()) {
				ListenerInterceptor next = Interceptors.this.chain.get(this.entered);
				Interception interception = next.before(this.message, this.delivery);
				this.entered++;
				take(Objects.requireNonNull(interception, () -> next + " returned null"));
			}
			return this.skipped == null;
		}

		private void take(Interception interception) {
			if (interception instanceof Interception.Skip skip) {
				this.skipped = skip.outcome();
			}
			else if (interception instanceof Interception.Proceed proceed && proceed.message() != this.message) {
				this.message = proceed.message();
				this.message.settledBy(this.delivery);
			}
		}

		/**
		 * Tells the interceptors that were asked, the last one first.
		 */
		void after(@Nullable Throwable error) {
			while (this.entered > 0) {
				this.entered--;
				ListenerInterceptor next = Interceptors.this.chain.get(this.entered);
				try {
					next.after(this.message, this.delivery, error);
				}
				catch (Throwable ex) {
					logger.warn("An interceptor of listener '{}' has failed after a message",
							this.delivery.listenerId(), ex);
				}
			}
		}

	}

}
