package dev.servicebus.emulator.amqp;

import java.util.Map;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.ReceiverSettleMode;
import dev.servicebus.amqp.SenderSettleMode;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.ConnectionListener;
import dev.servicebus.amqp.endpoint.SessionListener;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * A client on the wire that knows nothing of Service Bus.
 */
final class TestClient implements ConnectionListener {

	private final TestBench bench;

	private AmqpConnection connection;

	private AmqpSession session;

	private int links;

	@Nullable CloseReason closed;

	TestClient(TestBench bench) {
		this.bench = bench;
	}

	void connected(AmqpConnection newConnection) {
		this.connection = newConnection;
		this.session = newConnection.beginSession(new SessionListener() {
		});
	}

	AmqpConnection connection() {
		return this.connection;
	}

	@Override
	public void onClosed(AmqpConnection ended, CloseReason reason) {
		this.closed = reason;
	}

	/**
	 * Goes on on another session of the same connection.
	 */
	TestClient onNewSession() {
		this.bench.run(() -> this.session = this.connection.beginSession(new SessionListener() {
		}));
		return this;
	}

	TestSender attachSender(String address) {
		return attachSender(Attach.sender(name(), Terminus.Source.of("me"), new Terminus.Target(address)));
	}

	TestSender attachSender(Attach attach) {
		TestSender sender = new TestSender(this.bench);
		this.bench.run(() -> sender.attached(this.session.attachSender(attach, sender)));
		return sender;
	}

	/**
	 * Attaches a receiver that locks messages and settles in two steps.
	 */
	TestReceiver attachReceiver(String address) {
		return attachReceiver(Attach.receiver(name(), Terminus.Source.of(address), new Terminus.Target("me"),
				SenderSettleMode.UNSETTLED, ReceiverSettleMode.SECOND));
	}

	TestReceiver attachDeletingReceiver(String address) {
		return attachReceiver(Attach.receiver(name(), Terminus.Source.of(address), new Terminus.Target("me"),
				SenderSettleMode.SETTLED, ReceiverSettleMode.FIRST));
	}

	TestReceiver attachReceiver(Attach attach) {
		TestReceiver receiver = new TestReceiver(this.bench);
		this.bench.run(() -> receiver.attached(this.session.attachReceiver(attach, receiver)));
		return receiver;
	}

	/**
	 * Links for requests to a node, with credit for the responses.
	 */
	TestNode attachNode(String address) {
		String replyTo = name();
		TestReceiver replies = attachReceiver(Attach.receiver(name(), Terminus.Source.of(address),
				new Terminus.Target(replyTo), SenderSettleMode.MIXED, ReceiverSettleMode.FIRST));
		replies.credit(2000);
		return new TestNode(attachSender(address), replies, replyTo);
	}

	/**
	 * Shows a token.
	 * @return the status
	 */
	int putToken(String audience, String token) {
		EncodedMessage response = attachNode("$cbs").request("put-token",
				Map.of("type", "servicebus.windows.net:sastoken", "name", audience), token);
		return (Integer) response.applicationProperties().get("status-code");
	}

	void send(String address, String... ids) {
		TestSender sender = attachSender(address);
		for (String id : ids) {
			sender.send(TestMessages.withId(id));
		}
	}

	void send(String address, AmqpMessage message) {
		attachSender(address).send(message);
	}

	private String name() {
		return "link-" + ++this.links;
	}

}
