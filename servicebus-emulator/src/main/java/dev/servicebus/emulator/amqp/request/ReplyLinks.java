package dev.servicebus.emulator.amqp.request;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.IncomingLink;
import org.jspecify.annotations.Nullable;

/**
 * The links of one connection that take responses. Belongs to the broker's loop.
 */
public final class ReplyLinks {

	private final List<ReplyLink> links = new ArrayList<>();

	/**
	 * Accepts a link on which a client wants the responses of a node.
	 * @param node the name of the node; the same text for the same node
	 * @param incoming the link
	 */
	public void accept(String node, IncomingLink incoming) {
		ReplyLink link = new ReplyLink(this, node, incoming);
		link.accept(incoming);
		this.links.add(link);
	}

	/**
	 * Finds where a response belongs: to the link that the request names or, since not
	 * every client names one, to a link of the same node, best on the same session. Of
	 * several, the one attached last is taken.
	 */
	@Nullable ReplyLink find(@Nullable String replyTo, String node, AmqpSession session) {
		ReplyLink named = (replyTo != null) ? last((link) -> link.isOf(node) && link.isNamed(replyTo)) : null;
		if (named != null) {
			return named;
		}
		ReplyLink near = last((link) -> link.isOf(node) && link.isOn(session));
		return (near != null) ? near : last((link) -> link.isOf(node));
	}

	void remove(ReplyLink link) {
		this.links.remove(link);
	}

	private @Nullable ReplyLink last(Predicate<ReplyLink> condition) {
		for (int i = this.links.size() - 1; i >= 0; i--) {
			if (condition.test(this.links.get(i))) {
				return this.links.get(i);
			}
		}
		return null;
	}

}
