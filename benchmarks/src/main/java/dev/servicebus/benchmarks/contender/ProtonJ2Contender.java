package dev.servicebus.benchmarks.contender;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.ReceiverOptions;
import org.apache.qpid.protonj2.client.Tracker;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/**
 * The client of ProtonJ2. It is made for threads that wait: one of them waits for the
 * outcomes of sends, and each handler is one that asks for messages.
 */
final class ProtonJ2Contender implements Contender {

	private final Closing opened = new Closing();

	private final Client client = Client.create();

	private final Connection connection;

	ProtonJ2Contender(Endpoint endpoint) {
		try {
			this.connection = this.client.connect(Endpoint.HOST, endpoint.port(),
					new ConnectionOptions().user(endpoint.keyName()).password(endpoint.key()));
		}
		catch (ClientException ex) {
			throw new ContenderFailedException(ex);
		}
	}

	@Override
	public Sender sender(String queue) {
		try {
			org.apache.qpid.protonj2.client.Sender sender = this.connection.openSender(queue);
			Outcomes outcomes = new Outcomes();
			start("outcomes", outcomes);
			return (sample, end) -> {
				try {
					outcomes.await(sender.send(message(sample)), end);
				}
				catch (ClientException ex) {
					end.failed(ex);
				}
			};
		}
		catch (ClientException ex) {
			throw new ContenderFailedException(ex);
		}
	}

	@Override
	public Stop listen(Listening listening, Handler handler) {
		try {
			Receiver receiver = this.connection.openReceiver(listening.queue(),
					new ReceiverOptions().creditWindow(listening.prefetch()).autoAccept(false));
			for (int i = 0; i < listening.concurrency(); i++) {
				start("handler-" + i, () -> receive(receiver, handler));
			}
			return receiver::close;
		}
		catch (ClientException ex) {
			throw new ContenderFailedException(ex);
		}
	}

	private static void receive(Receiver receiver, Handler handler) {
		try {
			while (!Thread.currentThread().isInterrupted()) {
				Delivery delivery = receiver.receive();
				Message<byte[]> message = delivery.message();
				handler.onMessage(String.valueOf(message.messageId()), message.body());
				delivery.accept();
			}
		}
		catch (ClientException ex) {
			// This is how a receiver tells its threads that it is closed.
		}
	}

	private void start(String name, Runnable task) {
		Thread thread = new Thread(task, "protonj2-" + name);
		thread.setDaemon(true);
		thread.start();
		this.opened.add(thread::interrupt);
	}

	private static Message<byte[]> message(Sample sample) throws ClientException {
		Message<byte[]> message = Message.create(sample.content())
			.messageId(sample.messageId())
			.subject(Sample.SUBJECT)
			.correlationId(Sample.CORRELATION_ID)
			.contentType(Sample.CONTENT_TYPE);
		sample.applicationProperties().forEach((name, value) -> property(message, name, value));
		return message;
	}

	private static void property(Message<byte[]> message, String name, Object value) {
		try {
			message.property(name, value);
		}
		catch (ClientException ex) {
			throw new ContenderFailedException(ex);
		}
	}

	@Override
	public void close() {
		this.opened.closeAll();
		this.connection.close();
		this.client.close();
	}

	/**
	 * Waits for the outcomes of sends, in their order.
	 */
	private static final class Outcomes implements Runnable {

		private final BlockingQueue<Pending> pending = new LinkedBlockingQueue<>();

		void await(Tracker tracker, End end) {
			this.pending.add(new Pending(tracker, end));
		}

		@Override
		public void run() {
			try {
				while (true) {
					this.pending.take().await();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

	/**
	 * A message under way.
	 *
	 * @param tracker knows its outcome
	 * @param end who is told
	 */
	private record Pending(Tracker tracker, End end) {

		void await() throws InterruptedException {
			try {
				if (this.tracker.settlementFuture().get().remoteState().isAccepted()) {
					this.end.succeeded();
				}
				else {
					this.end.failed(new IllegalStateException("refused: " + this.tracker.remoteState()));
				}
			}
			catch (ExecutionException ex) {
				this.end.failed(ex);
			}
		}

	}

}
