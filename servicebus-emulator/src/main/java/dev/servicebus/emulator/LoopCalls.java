package dev.servicebus.emulator;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import dev.servicebus.amqp.simulation.SimulatedNetwork;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.Network;

/**
 * Calls from any thread into the emulator's loop that wait for their result. In a
 * simulation, where nobody else would run the loop, the caller does it.
 */
abstract class LoopCalls {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final EventLoop loop;

	private LoopCalls(EventLoop loop) {
		this.loop = loop;
	}

	static LoopCalls on(Network network, EventLoop loop) {
		return (network instanceof SimulatedNetwork simulated) ? new Simulated(loop, simulated) : new Real(loop);
	}

	EventLoop loop() {
		return this.loop;
	}

	/**
	 * Runs {@code work} on the loop and returns its result, or throws what it throws.
	 */
	<T> T call(Supplier<T> work) {
		if (this.loop.inEventLoop()) {
			return work.get();
		}
		CompletableFuture<T> result = new CompletableFuture<>();
		this.loop.execute(() -> {
			try {
				result.complete(work.get());
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		if (!waitFor(result, LIMIT)) {
			throw new IllegalStateException("The emulator did not answer within " + LIMIT.toSeconds() + " s.");
		}
		try {
			return result.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/**
	 * Waits until {@code stage} has ended, but not longer than {@code limit}.
	 */
	void await(CompletionStage<?> stage, Duration limit) {
		if (!this.loop.inEventLoop()) {
			waitFor(stage.toCompletableFuture(), limit);
		}
	}

	/**
	 * Returns whether the future has ended in time, no matter how.
	 */
	abstract boolean waitFor(CompletableFuture<?> future, Duration limit);

	private static IllegalStateException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new IllegalStateException("Interrupted while waiting for the emulator.", ex);
	}

	private static final class Real extends LoopCalls {

		Real(EventLoop loop) {
			super(loop);
		}

		@Override
		boolean waitFor(CompletableFuture<?> future, Duration limit) {
			try {
				future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
				return true;
			}
			catch (ExecutionException ex) {
				return true;
			}
			catch (TimeoutException ex) {
				return false;
			}
			catch (InterruptedException ex) {
				throw interrupted(ex);
			}
		}

	}

	private static final class Simulated extends LoopCalls {

		private final SimulatedNetwork network;

		Simulated(EventLoop loop, SimulatedNetwork network) {
			super(loop);
			this.network = network;
		}

		@Override
		boolean waitFor(CompletableFuture<?> future, Duration limit) {
			BooleanSupplier ended = future::isDone;
			boolean inTime = this.network.time().runUntil(ended, limit);
			this.network.time().runUntilIdle();
			return inTime;
		}

	}

}
