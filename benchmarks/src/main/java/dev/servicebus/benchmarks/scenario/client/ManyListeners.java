package dev.servicebus.benchmarks.scenario.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.Sample;
import dev.servicebus.benchmarks.contender.SendWindow;
import dev.servicebus.benchmarks.scenario.RoundFailedException;

/**
 * Listeners with one handler each, every one on a queue of its own and all of them on the
 * connection of the round. The messages come from another client. Not thread-safe.
 */
final class ManyListeners implements AutoCloseable {

	private final Round round;

	private final Contender.Handler handler;

	private final Semaphore handled = new Semaphore(0);

	private final Contender sending;

	private final List<Contender.Sender> senders = new ArrayList<>();

	private final List<Contender.Stop> listeners = new ArrayList<>();

	/**
	 * Begins without listeners.
	 * @param queues how many queues there are, each with one message
	 */
	ManyListeners(Round round, int queues, Contender.Handler handler) {
		this.round = round;
		this.handler = handler;
		this.sending = Round.connect(round.client(), round.broker());
		for (int i = 0; i < queues; i++) {
			round.broker().createQueue(queue(i));
			this.senders.add(this.sending.sender(queue(i)));
		}
		send();
	}

	/**
	 * Sends one message to each queue.
	 */
	void send() {
		SendWindow window = new SendWindow(this.senders.size());
		for (Contender.Sender sender : this.senders) {
			window.acquire();
			sender.send(new Sample(0), window);
		}
		window.awaitAll();
	}

	/**
	 * Starts the next listener and waits until it has handled its first message.
	 */
	void start() {
		Contender.Listening listening = new Contender.Listening(queue(this.listeners.size()), 1, 0);
		this.listeners.add(this.round.contender().listen(listening, new Counting(this.handler, this.handled)));
		awaitHandled(1);
	}

	/**
	 * Waits until so many more messages are handled.
	 */
	void awaitHandled(int messages) {
		try {
			if (!this.handled.tryAcquire(messages, Round.LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new RoundFailedException(messages + " messages were not handled within " + Round.LIMIT);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RoundFailedException("interrupted", ex);
		}
	}

	/**
	 * Sends nothing more.
	 */
	void endSending() {
		this.sending.close();
	}

	@Override
	public void close() {
		this.listeners.forEach(Contender.Stop::stop);
		this.sending.close();
		for (int i = 0; i < this.senders.size(); i++) {
			this.round.broker().deleteQueue(queue(i));
		}
	}

	private String queue(int number) {
		return this.round.queue() + "-" + number;
	}

	/**
	 * Counts what is handled.
	 *
	 * @param handler does it
	 * @param handled the count
	 */
	private record Counting(Contender.Handler handler, Semaphore handled) implements Contender.Handler {

		@Override
		public void onMessage(String messageId, byte[] body) {
			this.handler.onMessage(messageId, body);
			this.handled.release();
		}

		@Override
		public void failed(Throwable failure) {
			this.handler.failed(failure);
		}

	}

}
