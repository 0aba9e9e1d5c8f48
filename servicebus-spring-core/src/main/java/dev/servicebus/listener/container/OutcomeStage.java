package dev.servicebus.listener.container;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.Outcome;

/**
 * Does with a message what somebody has decided.
 */
final class OutcomeStage {

	private final MessageListener listener;

	private final Settler settler;

	private final RetryStage retries;

	private final PatientExecutor threads;

	OutcomeStage(Parts parts, RetryStage retries) {
		this.listener = parts.definition().listener();
		this.settler = parts.settler();
		this.retries = retries;
		this.threads = parts.services().patientExecutor(parts.definition().id());
	}

	/**
	 * Does it, without waiting.
	 * @param replyFailed hears why a reply could not be sent, on a thread that may block;
	 * nothing is done about the message then
	 */
	void apply(Delivery delivery, Outcome outcome, Consumer<Throwable> replyFailed) {
		if (outcome instanceof Outcome.RetryAfter retry) {
			this.retries.retry(delivery, retry.delay());
			return;
		}
		if (outcome instanceof Outcome.Reply reply) {
			reply(delivery, reply.value(), replyFailed);
			return;
		}
		if (outcome instanceof Outcome.ParkSession park) {
			delivery.lane().park(park.delay());
		}
		this.settler.settle(delivery, disposition(outcome));
	}

	private void reply(Delivery delivery, Object value, Consumer<Throwable> failed) {
		send(delivery, value).whenComplete((sent, failure) -> {
			if (failure == null) {
				this.settler.settle(delivery, Dispositions.COMPLETE);
			}
			else {
				runAside(delivery, () -> failed.accept(AsyncFailures.unwrap(failure)));
			}
		});
	}

	private CompletionStage<Void> send(Delivery delivery, Object value) {
		try {
			return this.listener.reply(delivery.message(), value, delivery);
		}
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void runAside(Delivery delivery, Runnable task) {
		try {
			this.threads.execute(task);
		}
		catch (RuntimeException ex) {
			this.settler.settle(delivery, Dispositions.ABANDON);
		}
	}

	private static Disposition disposition(Outcome outcome) {
		if (outcome instanceof Outcome.Complete) {
			return Dispositions.COMPLETE;
		}
		if (outcome instanceof Outcome.DeadLetter deadLetter) {
			return Disposition.DeadLetter.ofAnyText(deadLetter.reason(), deadLetter.description(),
					deadLetter.propertiesToModify());
		}
		if (outcome instanceof Outcome.Defer defer) {
			return new Disposition.Defer(defer.propertiesToModify());
		}
		if (outcome instanceof Outcome.Abandon abandon) {
			return new Disposition.Abandon(abandon.propertiesToModify());
		}
		return Dispositions.ABANDON;
	}

}
