package dev.servicebus.emulator.amqp.fault;

import java.util.ArrayList;
import java.util.List;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.Role;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.amqp.endpoint.SenderLink;
import dev.servicebus.emulator.amqp.request.RequestLink;

/**
 * A link that asks for faults wherever messages pass once it is accepted.
 */
final class FaultyIncomingLink implements IncomingLink {

	private final IncomingLink link;

	private final LinkPlace place;

	private final ConnectionFaults faults;

	private final List<Runnable> onAbandoned = new ArrayList<>();

	private boolean abandoned;

	FaultyIncomingLink(IncomingLink link, LinkPlace place, ConnectionFaults faults) {
		this.link = link;
		this.place = place;
		this.faults = faults;
		link.onAbandoned(() -> {
			this.abandoned = true;
			this.onAbandoned.forEach(Runnable::run);
		});
	}

	/**
	 * Whether the client does not want the link any more.
	 */
	boolean isAbandoned() {
		return this.abandoned;
	}

	@Override
	public AmqpSession session() {
		return this.link.session();
	}

	@Override
	public Role role() {
		return this.link.role();
	}

	@Override
	public Attach attach() {
		return this.link.attach();
	}

	@Override
	public SenderLink acceptSender(Attach answer, SenderLink.Listener listener) {
		if (this.place.isNode()) {
			return watched(this.link.acceptSender(answer, listener));
		}
		SenderLink accepted = this.link.acceptSender(answer,
				new FaultySettlements(listener, this.place.entity(), this.faults));
		return new FaultySender(watched(accepted), this.place.entity(), this.faults);
	}

	@Override
	public ReceiverLink acceptReceiver(Attach answer, ReceiverLink.Listener listener) {
		return watched(this.link.acceptReceiver(answer, around(listener)));
	}

	private ReceiverLink.Listener around(ReceiverLink.Listener listener) {
		if (listener instanceof RequestLink requests) {
			return requests.behind(new FaultyRequests(this.faults));
		}
		return this.place.isNode() ? listener : new FaultyReceiver(listener, this.place.entity(), this.faults);
	}

	private <T extends AmqpLink> T watched(T accepted) {
		this.faults.watch(this.place, accepted);
		return accepted;
	}

	@Override
	public void refuse(AmqpError error) {
		this.link.refuse(error);
	}

	@Override
	public void onAbandoned(Runnable task) {
		this.onAbandoned.add(task);
	}

}
