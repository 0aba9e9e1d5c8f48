package dev.servicebus.emulator.amqp.request;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.amqp.endpoint.SenderLink;
import dev.servicebus.emulator.amqp.message.DeliveryTag;
import org.jspecify.annotations.Nullable;

/**
 * A link on which a client gets the responses of a node. They wait here for credit.
 * Belongs to the broker's loop.
 */
final class ReplyLink implements SenderLink.Listener {

	/** A client that asks so much without listening has lost interest. */
	private static final int MAX_WAITING = 1000;

	private final ReplyLinks registry;

	private final String node;

	private final AmqpSession session;

	private final Attach attach;

	private final Queue<byte[]> waiting = new ArrayDeque<>();

	private @Nullable SenderLink link;

	private long lastNumber;

	ReplyLink(ReplyLinks registry, String node, IncomingLink incoming) {
		this.registry = registry;
		this.node = node;
		this.session = incoming.session();
		this.attach = incoming.attach();
	}

	/**
	 * Accepts the link that the client asks for.
	 */
	void accept(IncomingLink incoming) {
		this.link = incoming.acceptSender(this.attach.withProperties(Map.of()), this);
	}

	boolean isNamed(String replyTo) {
		return (this.attach.target() instanceof Terminus.Target target && replyTo.equals(target.address()))
				|| replyTo.equals(this.attach.name());
	}

	boolean isOf(String otherNode) {
		return this.node.equals(otherNode);
	}

	boolean isOn(AmqpSession otherSession) {
		return this.session == otherSession;
	}

	void send(byte[] response) {
		this.waiting.add(response);
		flush();
		if (this.waiting.size() > MAX_WAITING && this.link != null) {
			this.waiting.clear();
			this.link.close(
					Failure.RESOURCE_LIMIT_EXCEEDED.error("More than " + MAX_WAITING + " responses wait for credit."));
		}
	}

	@Override
	public void onCredit(SenderLink sender) {
		flush();
		if (sender.isDraining()) {
			sender.drained();
		}
	}

	@Override
	public void onClosed(AmqpLink closed, AmqpLink.LinkEnd end) {
		this.registry.remove(this);
	}

	/**
	 * Responses go out settled whatever the mode of the link: every client takes them so,
	 * and some never settle.
	 */
	private void flush() {
		while (this.link != null && this.link.isOpen() && this.link.credit() > 0 && !this.waiting.isEmpty()) {
			byte[] response = this.waiting.remove();
			this.link.send(DeliveryTag.ofUnlocked(++this.lastNumber), 0, response, 0, response.length, true, null,
					null);
		}
	}

}
