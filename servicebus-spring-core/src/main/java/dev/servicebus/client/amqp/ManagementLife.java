package dev.servicebus.client.amqp;

import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.rpc.RequestLink;
import dev.servicebus.amqp.rpc.RequestNode;
import dev.servicebus.client.connection.LinkLife;

/**
 * One life of the pair of links to a management node.
 */
final class ManagementLife implements LinkLife, RequestLink.Listener {

	private final ManagementNode owner;

	private final RequestLink link;

	ManagementLife(ManagementNode owner, AmqpSession session, RequestNode node) {
		this.owner = owner;
		this.link = RequestLink.attach(session, node, this);
	}

	RequestLink link() {
		return this.link;
	}

	@Override
	public void close() {
		this.link.close();
	}

	@Override
	public void onOpened(RequestLink opened) {
		this.owner.opened(this);
	}

	@Override
	public void onClosed(RequestLink closed, AmqpLink.LinkEnd end) {
		this.owner.ended(this, end);
	}

}
