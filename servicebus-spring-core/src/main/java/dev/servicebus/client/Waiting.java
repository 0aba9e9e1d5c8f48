package dev.servicebus.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for futures of a client for those who have no blocking method to call. They end
 * within the operation timeout by themselves; the limit here is the safety net beneath.
 */
public final class Waiting {

	private static final Duration LIMIT = Duration.ofMinutes(10);

	private Waiting() {
	}

	/**
	 * Waits for a future.
	 * @param where what is reported if nobody knows how it ended
	 * @throws ServiceBusException what the future failed with, an
	 * {@link UnknownOutcomeException} if the thread was interrupted or the limit reached
	 */
	public static <T> T await(CompletableFuture<T> future, ErrorContext where) {
		return await(future, where, LIMIT);
	}

	/**
	 * Waits for a future, but not for longer than a limit of one's own.
	 * @param where what is reported if nobody knows how it ended
	 * @param limit how long to wait
	 * @throws ServiceBusException what the future failed with, an
	 * {@link UnknownOutcomeException} if the thread was interrupted or the limit reached
	 */
	public static <T> T await(CompletableFuture<T> future, ErrorContext where, Duration limit) {
		try {
			return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
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
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw new ServiceBusException(where, ex.getCause());
		}
	}

}
