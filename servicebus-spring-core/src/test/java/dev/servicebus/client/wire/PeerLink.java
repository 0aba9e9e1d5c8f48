package dev.servicebus.client.wire;

import java.util.ArrayDeque;
import java.util.Deque;

import org.apache.qpid.protonj2.test.driver.codec.messaging.Source;
import org.apache.qpid.protonj2.test.driver.codec.messaging.Target;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnsignedInteger;
import org.apache.qpid.protonj2.test.driver.codec.transport.Attach;

/**
 * A link of a client, as the service sees it.
 */
final class PeerLink {

	/** The address of the link to the coordinator, which has none on the wire. */
	static final String COORDINATOR = "coordinator";

	private final Attach attach;

	private final int channel;

	private final Deque<byte[]> outgoing = new ArrayDeque<>();

	private long deliveryCount;

	private long credit;

	PeerLink(Attach attach, int channel) {
		this.attach = attach;
		this.channel = channel;
	}

	int channel() {
		return this.channel;
	}

	UnsignedInteger handle() {
		return this.attach.getHandle();
	}

	boolean isReceiver() {
		return this.attach.isReceiver();
	}

	boolean isPreSettled() {
		return this.attach.getSenderSettleMode().intValue() == 1;
	}

	/**
	 * The entity or node on our side.
	 */
	String address() {
		return isReceiver() ? this.attach.getSource().getAddress() : targetAddress();
	}

	/**
	 * The address on the client's side; that of a receiver is where responses go to.
	 */
	String targetAddress() {
		return (this.attach.getTarget() instanceof Target target) ? target.getAddress() : COORDINATOR;
	}

	Source source() {
		return this.attach.getSource();
	}

	void granted(long newCredit) {
		this.credit = newCredit;
	}

	void offer(byte[] message) {
		this.outgoing.add(message);
	}

	/**
	 * The next message for which there is credit, {@code null} if there is none.
	 */
	byte[] next() {
		if (this.credit == 0 || this.outgoing.isEmpty()) {
			return null;
		}
		this.credit--;
		this.deliveryCount++;
		return this.outgoing.remove();
	}

	void drained() {
		this.deliveryCount += this.credit;
		this.credit = 0;
	}

	long deliveryCount() {
		return this.deliveryCount;
	}

}
