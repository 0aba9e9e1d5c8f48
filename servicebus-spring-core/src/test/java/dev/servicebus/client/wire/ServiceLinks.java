package dev.servicebus.client.wire;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.qpid.protonj2.test.driver.AMQPTestDriver;
import org.apache.qpid.protonj2.test.driver.codec.messaging.Source;
import org.apache.qpid.protonj2.test.driver.codec.messaging.Target;
import org.apache.qpid.protonj2.test.driver.codec.primitives.Binary;
import org.apache.qpid.protonj2.test.driver.codec.primitives.DescribedType;
import org.apache.qpid.protonj2.test.driver.codec.primitives.Symbol;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnsignedInteger;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnsignedLong;
import org.apache.qpid.protonj2.test.driver.codec.transactions.Coordinator;
import org.apache.qpid.protonj2.test.driver.codec.transport.Attach;
import org.apache.qpid.protonj2.test.driver.codec.transport.Detach;
import org.apache.qpid.protonj2.test.driver.codec.transport.Disposition;
import org.apache.qpid.protonj2.test.driver.codec.transport.Flow;
import org.apache.qpid.protonj2.test.driver.codec.transport.Transfer;

/**
 * The links of a connection: attaches, credit, transfers and their outcomes, as sections
 * 3.3 to 3.5 and 5.4 of the protocol have them. Runs on the driver's thread.
 */
final class ServiceLinks {

	private static final UnsignedInteger WINDOW = UnsignedInteger.valueOf(5000);

	private static final UnsignedInteger CREDIT = UnsignedInteger.valueOf(1000);

	private static final Symbol SESSION_FILTER = Symbol.valueOf("com.microsoft:session-filter");

	private final Recording recording;

	private final ServiceScript script;

	private final Map<String, PeerLink> links = new LinkedHashMap<>();

	private final Map<Integer, Integer> deliveryIds = new HashMap<>();

	ServiceLinks(Recording recording, ServiceScript script) {
		this.recording = recording;
		this.script = script;
	}

	void attached(Attach attach, int channel, AMQPTestDriver driver) {
		PeerLink link = new PeerLink(attach, channel);
		this.links.put(key(channel, attach.getHandle()), link);
		this.script.messagesOf(link.address()).forEach(link::offer);
		this.recording.add(link.address(), attach, null);
		driver.sendAMQPFrame(channel, reply(attach, link), null);
		if (!link.isReceiver()) {
			driver.sendAMQPFrame(channel, flow(link).setLinkCredit(CREDIT), null);
		}
	}

	private static Attach reply(Attach attach, PeerLink link) {
		Attach reply = new Attach().setName(attach.getName())
			.setHandle(attach.getHandle())
			.setRole(link.isReceiver() ? Boolean.FALSE : Boolean.TRUE)
			.setSenderSettleMode(attach.getSenderSettleMode())
			.setReceiverSettleMode(attach.getReceiverSettleMode())
			.setSource(granted(attach.getSource()))
			.setMaxMessageSize(UnsignedLong.valueOf(262144));
		if (attach.getTarget() instanceof Coordinator coordinator) {
			reply.setTarget(coordinator);
		}
		else {
			reply.setTarget((Target) attach.getTarget());
		}
		if (link.isReceiver()) {
			reply.setInitialDeliveryCount(UnsignedInteger.valueOf(0));
		}
		if (link.source().getFilter() != null) {
			reply.setProperties(
					Map.of(Symbol.valueOf("com.microsoft:locked-until-utc"), ServiceScript.LOCKED_UNTIL_TICKS));
		}
		return reply;
	}

	/**
	 * Names the session where the client left the choice to us.
	 */
	private static Source granted(Source requested) {
		Source source = new Source(requested);
		if (requested.getFilter() != null && requested.getFilter().get(SESSION_FILTER) == null) {
			source.setFilter(Map.of(SESSION_FILTER, ServiceScript.NEXT_SESSION));
		}
		return source;
	}

	void flowed(Flow flow, int channel, AMQPTestDriver driver) {
		PeerLink link = (flow.getHandle() != null) ? link(channel, flow.getHandle()) : null;
		this.recording.add((link != null) ? link.address() : "", flow, null);
		if (link == null || !link.isReceiver()) {
			return;
		}
		link.granted(flow.getLinkCredit().longValue());
		deliver(link, driver);
		if (Boolean.TRUE.equals(flow.getDrain())) {
			link.drained();
			driver.sendAMQPFrame(channel, flow(link).setLinkCredit(UnsignedInteger.valueOf(0)).setDrain(true), null);
		}
	}

	private void deliver(PeerLink link, AMQPTestDriver driver) {
		for (byte[] message = link.next(); message != null; message = link.next()) {
			int id = this.deliveryIds.merge(link.channel(), 1, Integer::sum) - 1;
			Transfer transfer = new Transfer().setHandle(link.handle())
				.setDeliveryId(UnsignedInteger.valueOf(id))
				.setDeliveryTag(new Binary(ServiceScript.deliveryTag(link.deliveryCount())))
				.setMessageFormat(UnsignedInteger.valueOf(0))
				.setSettled(link.isPreSettled());
			driver.sendAMQPFrame(link.channel(), transfer, ByteBuffer.wrap(message));
		}
	}

	void transferred(Transfer transfer, byte[] payload, int channel, AMQPTestDriver driver) {
		PeerLink link = link(channel, transfer.getHandle());
		this.recording.add(link.address(), transfer, payload);
		DescribedType outcome = this.script.outcomeOf(link.address(), transfer, payload);
		if (!Boolean.TRUE.equals(transfer.getSettled())) {
			driver.sendAMQPFrame(channel,
					new Disposition().setRole(Boolean.TRUE)
						.setFirst(transfer.getDeliveryId())
						.setSettled(true)
						.setState(outcome),
					null);
		}
		byte[] response = this.script.responseTo(link.address(), payload);
		if (response != null) {
			PeerLink replies = this.links.values()
				.stream()
				.filter((other) -> other.isReceiver() && other.address().equals(link.address()))
				.findFirst()
				.orElseThrow();
			replies.offer(response);
			deliver(replies, driver);
		}
	}

	void disposed(Disposition disposition, int channel, AMQPTestDriver driver) {
		this.recording.add("", disposition, null);
		if (!Boolean.TRUE.equals(disposition.getSettled())) {
			driver.sendAMQPFrame(channel,
					new Disposition().setRole(Boolean.FALSE)
						.setFirst(disposition.getFirst())
						.setLast(disposition.getLast())
						.setSettled(true)
						.setState(this.script.confirmationOf(disposition.getState())),
					null);
		}
	}

	void detached(Detach detach, int channel, AMQPTestDriver driver) {
		PeerLink link = this.links.remove(key(channel, detach.getHandle()));
		this.recording.add(link.address(), detach, null);
		driver.sendAMQPFrame(channel, new Detach().setHandle(detach.getHandle()).setClosed(true), null);
	}

	private static Flow flow(PeerLink link) {
		return new Flow().setNextIncomingId(UnsignedInteger.valueOf(0))
			.setIncomingWindow(WINDOW)
			.setNextOutgoingId(UnsignedInteger.valueOf(0))
			.setOutgoingWindow(WINDOW)
			.setHandle(link.handle())
			.setDeliveryCount(UnsignedInteger.valueOf((int) link.deliveryCount()));
	}

	private PeerLink link(int channel, UnsignedInteger handle) {
		return this.links.get(key(channel, handle));
	}

	private static String key(int channel, UnsignedInteger handle) {
		return channel + ":" + handle;
	}

}
