package dev.servicebus.emulator.amqp.fault;

import dev.servicebus.amqp.Role;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.emulator.entity.EntityAddress;

/**
 * Where a link leads. Immutable.
 *
 * @param entity the path of an entity with its sub-queue, also for its management node;
 * or the name of another node
 * @param operation what the client does on the link: {@code send}, {@code receive} or
 * {@code manage}
 */
record LinkPlace(String entity, String operation) {

	private static final String MANAGE = "manage";

	private static final String COORDINATOR = "$coordinator";

	static LinkPlace of(IncomingLink link) {
		if (link.attach().target() instanceof Terminus.Coordinator) {
			return new LinkPlace(COORDINATOR, MANAGE);
		}
		boolean clientReceives = link.role() == Role.SENDER;
		EntityAddress address = EntityAddress.parse(clientReceives ? source(link) : target(link));
		if (address.management() || address.entity().startsWith("$")) {
			return new LinkPlace(address.path(), MANAGE);
		}
		return new LinkPlace(address.path(), clientReceives ? "receive" : "send");
	}

	/**
	 * Whether requests pass on the link, or the answers to them, and no messages.
	 */
	boolean isNode() {
		return this.operation.equals(MANAGE);
	}

	private static String source(IncomingLink link) {
		Terminus.Source source = link.attach().source();
		return (source != null && source.address() != null) ? source.address() : "";
	}

	private static String target(IncomingLink link) {
		return (link.attach().target() instanceof Terminus.Target target && target.address() != null) ? target.address()
				: "";
	}

}
