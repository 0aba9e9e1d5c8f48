package dev.servicebus.benchmarks.scenario.ceiling;

import java.nio.ByteBuffer;

import dev.servicebus.benchmarks.measure.ThreadMeter;
import dev.servicebus.benchmarks.measure.Usage;
import dev.servicebus.benchmarks.scenario.RoundFailedException;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.codec.ReadableBuffer;
import org.apache.qpid.proton.engine.Collector;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Event;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.engine.Session;
import org.apache.qpid.proton.engine.Transport;

/**
 * Two engines of proton-j that hand each other their bytes on one thread: what AMQP
 * itself costs at both ends when a message is sent and accepted. The messages travel in
 * bursts of 64.
 */
final class EngineLoop {

	private static final int BURST = 64;

	private static final int CREDIT = 1000;

	private static final int MAX_FRAME_SIZE = 64 * 1024;

	private final Peer client = new Peer();

	private final Peer server = new Peer();

	private final Sender sender;

	private final byte[] payload;

	private int ended;

	EngineLoop(int payloadSize) {
		this.payload = new byte[payloadSize];
		this.client.connection.open();
		Session session = this.client.connection.session();
		session.open();
		this.sender = session.sender("sender");
		this.sender.setTarget(new Target());
		this.sender.setSource(new Source());
		this.sender.open();
		exchange();
	}

	/**
	 * Sends messages and waits until they are accepted.
	 */
	Usage run(int messages) {
		this.ended = 0;
		ThreadMeter meter = ThreadMeter.start();
		for (int number = 0; number < messages; number++) {
			send(number);
			if (number % BURST == BURST - 1) {
				exchange();
			}
		}
		exchange();
		Usage usage = meter.usedFor(messages);
		if (this.ended != messages) {
			throw new RoundFailedException(this.ended + " of " + messages + " messages were accepted");
		}
		return usage;
	}

	private void send(int number) {
		this.sender.delivery(
				new byte[] { (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number });
		this.sender.sendNoCopy(ReadableBuffer.ByteBufferReader.wrap(this.payload));
		this.sender.advance();
	}

	private void exchange() {
		boolean moved = true;
		while (moved) {
			moved = move(this.client.transport, this.server.transport);
			this.server.dispatch(this::onServer);
			moved |= move(this.server.transport, this.client.transport);
			this.client.dispatch(this::onClient);
		}
	}

	private static boolean move(Transport from, Transport to) {
		boolean moved = false;
		for (int pending = from.pending(); pending > 0; pending = from.pending()) {
			ByteBuffer head = from.head();
			int length = Math.min(pending, to.capacity());
			to.tail().put(head.slice(head.position(), length));
			to.process();
			from.pop(length);
			moved = true;
		}
		return moved;
	}

	private void onClient(Event event) {
		if (event.getType() == Event.Type.DELIVERY && event.getDelivery().remotelySettled()) {
			event.getDelivery().settle();
			this.ended++;
		}
	}

	private void onServer(Event event) {
		switch (event.getType()) {
			case CONNECTION_REMOTE_OPEN -> event.getConnection().open();
			case SESSION_REMOTE_OPEN -> event.getSession().open();
			case LINK_REMOTE_OPEN -> accept(event.getLink());
			case DELIVERY -> onTransfer(event.getDelivery());
			default -> {
				// What this side has done itself.
			}
		}
	}

	private static void accept(Link link) {
		link.setSource(link.getRemoteSource());
		link.setTarget(link.getRemoteTarget());
		link.open();
		((Receiver) link).flow(CREDIT);
	}

	private static void onTransfer(Delivery delivery) {
		Receiver receiver = (Receiver) delivery.getLink();
		receiver.recv();
		receiver.advance();
		delivery.disposition(Accepted.getInstance());
		delivery.settle();
		if (receiver.getCredit() <= CREDIT / 2) {
			receiver.flow(CREDIT - receiver.getCredit());
		}
	}

	/**
	 * One end.
	 */
	private static final class Peer {

		private final Connection connection = Proton.connection();

		private final Transport transport = Proton.transport();

		private final Collector collector = Proton.collector();

		Peer() {
			this.transport.setMaxFrameSize(MAX_FRAME_SIZE);
			this.transport.setOutboundFrameSizeLimit(MAX_FRAME_SIZE);
			this.connection.collect(this.collector);
			this.transport.bind(this.connection);
		}

		void dispatch(EventHandler handler) {
			for (Event event = this.collector.peek(); event != null; event = this.collector.peek()) {
				handler.on(event);
				this.collector.pop();
			}
		}

	}

	/**
	 * Hears what an engine has to tell.
	 */
	private interface EventHandler {

		void on(Event event);

	}

}
