package dev.servicebus.benchmarks.scenario.emulator;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.servicebus.benchmarks.scenario.RoundFailedException;
import dev.servicebus.emulator.auth.AccessControl;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.ReceiverOptions;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.Tracker;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/**
 * A client of plain AMQP 1.0 with a codec and an engine of its own. It shows a user name
 * and a password, which both brokers take.
 */
final class NeutralClient implements AutoCloseable {

	private static final int WINDOW = 500;

	private static final int PREFETCH = 100;

	private static final int BODY_SIZE = 1024;

	private static final long PATIENCE_SECONDS = 60;

	private final Client client = Client.create();

	private final Connection connection;

	private NeutralClient(int port) throws ClientException {
		ConnectionOptions options = new ConnectionOptions().user(AccessControl.DEFAULT_RULE_NAME)
			.password(AccessControl.DEFAULT_KEY);
		this.connection = this.client.connect("localhost", port, options);
	}

	static NeutralClient connect(int port) {
		try {
			return new NeutralClient(port);
		}
		catch (ClientException ex) {
			throw new RoundFailedException("cannot connect", ex);
		}
	}

	/**
	 * Sends messages, as many at a time as fit into a window, and waits until all of them
	 * are accepted.
	 */
	void send(String queue, int messages) {
		byte[] body = new byte[BODY_SIZE];
		Arrays.fill(body, (byte) 'x');
		Deque<Tracker> underWay = new ArrayDeque<>(WINDOW);
		try (Sender sender = this.connection.openSender(queue)) {
			for (int number = 0; number < messages; number++) {
				if (underWay.size() == WINDOW) {
					awaitAccepted(underWay.remove());
				}
				underWay.add(sender.send(message(number, body)));
			}
			while (!underWay.isEmpty()) {
				awaitAccepted(underWay.remove());
			}
		}
		catch (ClientException ex) {
			throw new RoundFailedException("cannot send", ex);
		}
	}

	private static Message<byte[]> message(int number, byte[] body) throws ClientException {
		return Message.create(body)
			.messageId("message-" + number)
			.subject("order-created")
			.property("customer", "customer-17")
			.property("region", "north-europe")
			.property("priority", 3)
			.property("total", 129_900L)
			.property("express", true);
	}

	private static void awaitAccepted(Tracker tracker) {
		try {
			if (!tracker.settlementFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS).remoteState().isAccepted()) {
				throw new RoundFailedException("a message was refused: " + tracker.remoteState());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RoundFailedException("interrupted", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new RoundFailedException("a message was not accepted", ex);
		}
	}

	/**
	 * Receives and accepts messages.
	 */
	void receive(String queue, int messages) {
		ReceiverOptions options = new ReceiverOptions().creditWindow(PREFETCH).autoAccept(true);
		try (Receiver receiver = this.connection.openReceiver(queue, options)) {
			for (int number = 0; number < messages; number++) {
				Delivery delivery = receiver.receive(PATIENCE_SECONDS, TimeUnit.SECONDS);
				if (delivery == null) {
					throw new RoundFailedException("only " + number + " of " + messages + " messages have come");
				}
				requireBody(delivery);
			}
		}
		catch (ClientException ex) {
			throw new RoundFailedException("cannot receive", ex);
		}
	}

	private static void requireBody(Delivery delivery) throws ClientException {
		if (!(delivery.message().body() instanceof byte[] body) || body.length != BODY_SIZE) {
			throw new RoundFailedException("a message has come without its body");
		}
	}

	@Override
	public void close() {
		this.connection.close();
		this.client.close();
	}

}
