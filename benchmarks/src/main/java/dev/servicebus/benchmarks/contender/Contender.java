package dev.servicebus.benchmarks.contender;

import java.util.List;

/**
 * A client under comparison, connected to one broker with one connection. It does what a
 * program would do with its public interface and its safe defaults.
 */
public interface Contender extends AutoCloseable {

	/**
	 * Opens a sender, which ends with the connection.
	 */
	Sender sender(String queue);

	/**
	 * Starts a listener that settles what its handler has handled.
	 * @return stops it
	 */
	Stop listen(Listening listening, Handler handler);

	/**
	 * Starts a receiver below any listener: each message is settled on its own, and there
	 * is one at a time. Not all clients are asked for it.
	 * @return stops it
	 */
	default Stop receive(Receiving receiving, Handler handler) {
		throw new UnsupportedOperationException("receive");
	}

	/**
	 * Ends the connection.
	 */
	@Override
	void close();

	/**
	 * Sends to one queue.
	 */
	@FunctionalInterface
	interface Sender {

		/**
		 * Sends a message without waiting.
		 * @param end told how that has ended
		 */
		void send(Sample message, End end);

		/**
		 * Sends messages as one batch and waits for its end. Plain AMQP has no batches:
		 * there the messages follow each other without waiting.
		 */
		default void sendBatch(List<Sample> messages) {
			SendWindow window = new SendWindow(messages.size());
			for (Sample message : messages) {
				window.acquire();
				send(message, window);
			}
			window.awaitAll();
		}

	}

	/**
	 * Hears how something has ended, on any thread.
	 */
	interface End {

		void succeeded();

		void failed(Throwable failure);

	}

	/**
	 * Handles messages, on as many threads as the listener has.
	 */
	interface Handler {

		void onMessage(String messageId, byte[] body);

		/**
		 * Handles a message of which only the body was read.
		 */
		default void onBody(byte[] body) {
			throw new UnsupportedOperationException("onBody");
		}

		/**
		 * The listener has failed.
		 */
		void failed(Throwable failure);

	}

	/**
	 * How a listener works.
	 *
	 * @param queue what it listens to
	 * @param concurrency how many messages it handles at once
	 * @param prefetch how many messages may wait in the client
	 */
	record Listening(String queue, int concurrency, int prefetch) {

	}

	/**
	 * How a receiver works.
	 *
	 * @param queue what it receives from
	 * @param prefetch how many messages may wait in the client
	 * @param reading what is read of each message
	 */
	record Receiving(String queue, int prefetch, Reading reading) {

	}

	/**
	 * What is read of a message.
	 */
	enum Reading {

		/** The body only, for {@link Handler#onBody}. */
		BODY,

		/** Body, all properties and what the broker has added. */
		EVERYTHING

	}

	/**
	 * Stops something.
	 */
	@FunctionalInterface
	interface Stop {

		void stop();

	}

}
