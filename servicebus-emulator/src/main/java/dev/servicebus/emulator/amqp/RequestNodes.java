package dev.servicebus.emulator.amqp;

import java.util.Locale;
import java.util.Map;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.Role;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.emulator.amqp.management.ManagementClient;
import dev.servicebus.emulator.amqp.management.ManagementNode;
import dev.servicebus.emulator.amqp.request.ReplyLinks;
import dev.servicebus.emulator.amqp.request.RequestHandler;
import dev.servicebus.emulator.amqp.request.RequestLink;
import dev.servicebus.emulator.entity.EntityAddress;

/**
 * Opens the links of one connection to the nodes that answer requests.
 */
final class RequestNodes {

	/** What a request may take beside the messages in it. */
	private static final long OVERHEAD = 64 * 1024;

	private static final long MAX_CBS_SIZE = 256 * 1024;

	private final ReplyLinks replies = new ReplyLinks();

	private final BrokerContext context;

	private final EntityAccess access;

	private final ClientHoldings holdings;

	private final RequestHandler cbs;

	RequestNodes(BrokerContext context, EntityAccess access, ClientHoldings holdings, RequestHandler cbs) {
		this.context = context;
		this.access = access;
		this.holdings = holdings;
		this.cbs = cbs;
	}

	/**
	 * Opens a link to the node for tokens, which takes no rights.
	 */
	void openCbs(IncomingLink link) {
		open(link, CbsNode.ADDRESS, this.cbs, MAX_CBS_SIZE);
	}

	/**
	 * Opens a link to the management node of an entity.
	 */
	void openManagement(IncomingLink link, EntityAddress address) {
		long maxMessageSize = this.access.toManage(address).maxMessageSize();
		ManagementNode node = new ManagementNode(this.context.operations(), this.context.namespace(), address,
				new ManagementClient(this.access.managementRights(address), this.holdings.sessions().of(address),
						this.holdings.transactions()));
		open(link, address.path().toLowerCase(Locale.ROOT), node, maxMessageSize + OVERHEAD);
	}

	private void open(IncomingLink link, String node, RequestHandler handler, long maxMessageSize) {
		if (link.role() == Role.SENDER) {
			this.replies.accept(node, link);
			return;
		}
		Attach answer = link.attach().withProperties(Map.of()).withMaxMessageSize(maxMessageSize);
		RequestLink.start(link.acceptReceiver(answer, new RequestLink(node, handler, this.replies)));
	}

}
