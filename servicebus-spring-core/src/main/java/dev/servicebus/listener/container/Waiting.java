package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.UnknownOutcomeException;

/**
 * Waits on threads of listeners for what the broker answers.
 */
final class Waiting {

	private Waiting() {
	}

	/**
	 * Waits for an answer.
	 * @throws ServiceBusException the failure that was answered, or
	 * {@link UnknownOutcomeException} if the wait has ended before
	 */
	static <T> T await(CompletableFuture<T> answer, ErrorContext where, Duration limit) {
		try {
			return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new UnknownOutcomeException(where.withDescription("the waiting thread was interrupted"), ex);
		}
		catch (TimeoutException ex) {
			throw new UnknownOutcomeException(where.withDescription("no answer within " + limit.toMillis() + " ms"),
					ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof ServiceBusException failure) ? failure
					: new ServiceBusException(where, ex.getCause());
		}
	}

}
