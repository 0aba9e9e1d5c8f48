package dev.servicebus.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/**
 * Makes many asynchronous calls, a limited number of them at a time.
 */
public final class Pipeline {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private Pipeline() {
	}

	/**
	 * Makes calls and waits for all results.
	 * @param calls how many
	 * @param window how many are under way at once
	 * @param call makes the one with a number, from 0 on
	 * @return the results, in the order of the numbers
	 * @throws RoundFailedException if a call fails or does not end
	 */
	public static List<Object> run(int calls, int window, IntFunction<CompletableFuture<?>> call) {
		Semaphore free = new Semaphore(window);
		List<CompletableFuture<?>> futures = new ArrayList<>(calls);
		try {
			for (int number = 0; number < calls; number++) {
				if (!free.tryAcquire(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
					throw new RoundFailedException("call " + number + " of " + calls + " found no room");
				}
				CompletableFuture<?> future = call.apply(number);
				future.whenComplete((result, failure) -> free.release());
				futures.add(future);
			}
			List<Object> results = new ArrayList<>(calls);
			for (CompletableFuture<?> future : futures) {
				results.add(future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
			}
			return results;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RoundFailedException("interrupted", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new RoundFailedException("a call failed: " + ex, ex);
		}
	}

}
