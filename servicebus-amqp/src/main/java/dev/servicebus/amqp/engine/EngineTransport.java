package dev.servicebus.amqp.engine;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

import dev.servicebus.amqp.flow.DispositionRanges;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.amqp.transport.Detach;
import org.apache.qpid.proton.amqp.transport.Disposition;
import org.apache.qpid.proton.amqp.transport.End;
import org.apache.qpid.proton.amqp.transport.Flow;
import org.apache.qpid.proton.amqp.transport.FrameBody;
import org.apache.qpid.proton.amqp.transport.Role;
import org.apache.qpid.proton.codec.ReadableBuffer;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.engine.Session;
import org.apache.qpid.proton.engine.impl.ProtonAccess;
import org.apache.qpid.proton.engine.impl.TransportImpl;
import org.jspecify.annotations.Nullable;

/**
 * proton-j's transport with what it lacks: dispositions of one burst leave as ranges, a
 * flow with {@code echo} is sent and answered, a peer that takes back an unanswered
 * attach is answered, and freeing a link does not settle what its deliveries left open.
 */
final class EngineTransport extends TransportImpl {

	private final Connection connection;

	/** Those that were looked for, by the channels on which the peer speaks. */
	private final Map<Integer, Session> sessions = new HashMap<>();

	private final DispositionRanges held = new DispositionRanges();

	private int heldChannel;

	private @Nullable Role heldRole;

	private boolean heldSettled;

	private @Nullable DeliveryState heldState;

	EngineTransport(Connection connection) {
		this.connection = connection;
	}

	@Override
	protected void writeFrame(int channel, @Nullable FrameBody body, @Nullable ReadableBuffer payload,
			@Nullable Runnable onPayloadTooLarge) {
		if (body instanceof Disposition disposition) {
			hold(channel, disposition);
			return;
		}
		writeHeld();
		super.writeFrame(channel, body, payload, onPayloadTooLarge);
	}

	@Override
	public boolean writeInto(ByteBuffer outputBuffer) {
		boolean done = super.writeInto(outputBuffer);
		if (this.held.isEmpty()) {
			return done;
		}
		writeHeld();
		return super.writeInto(outputBuffer);
	}

	@Override
	public void handleFlow(Flow flow, Binary payload, Integer channel) {
		super.handleFlow(flow, payload, channel);
		if (flow.getEcho() && flow.getHandle() != null) {
			answerEcho(channel, flow.getHandle());
		}
	}

	@Override
	public void handleDetach(Detach detach, Binary payload, Integer channel) {
		Link link = find(channel, detach.getHandle());
		if (link != null && link.getLocalState() == EndpointState.UNINITIALIZED) {
			writeFrame(ProtonAccess.localChannel(link), ProtonAccess.answerToAbandonedAttach(link), null, null);
		}
		super.handleDetach(detach, payload, channel);
	}

	/**
	 * Tells the state of a link and asks the peer for it.
	 */
	void requestEcho(Link link) {
		Flow state = ProtonAccess.stateOf(link);
		if (state != null) {
			state.setEcho(true);
			writeFrame(ProtonAccess.localChannel(link), state, null, null);
		}
	}

	/**
	 * Tells the windows of a session.
	 */
	void tellState(Session session) {
		Flow state = ProtonAccess.stateOf(session);
		if (state != null) {
			writeFrame(ProtonAccess.localChannel(session), state, null, null);
		}
	}

	@Override
	public void handleEnd(End end, Binary payload, Integer channel) {
		super.handleEnd(end, payload, channel);
		this.sessions.remove(channel);
	}

	private @Nullable Link find(Integer channel, UnsignedInteger handle) {
		Session session = this.sessions.get(channel);
		if (session == null) {
			session = ProtonAccess.findSession(this.connection, channel);
			if (session == null) {
				return null;
			}
			this.sessions.put(channel, session);
		}
		return ProtonAccess.findLink(session, handle);
	}

	private void answerEcho(Integer channel, UnsignedInteger handle) {
		Link link = find(channel, handle);
		if (link == null || !(link.getContext() instanceof ProtonLink ours) || !ours.isAlive()
				|| (link instanceof Sender && link.getDrain())) {
			return;
		}
		Flow state = ProtonAccess.stateOf(link);
		if (state != null) {
			writeFrame(ProtonAccess.localChannel(link), state, null, null);
		}
	}

	private void hold(int channel, Disposition disposition) {
		if (disposition.getState() == null && disposition.getRole() == Role.RECEIVER) {
			// Comes from freeing a link only. It would settle without an outcome what
			// must stay locked, or go to whoever receives it next.
			return;
		}
		boolean fits = !this.held.isEmpty() && this.heldChannel == channel && this.heldRole == disposition.getRole()
				&& this.heldSettled == disposition.getSettled() && this.heldState == disposition.getState();
		if (!fits) {
			writeHeld();
			this.heldChannel = channel;
			this.heldRole = disposition.getRole();
			this.heldSettled = disposition.getSettled();
			this.heldState = disposition.getState();
		}
		this.held.add(disposition.getFirst().intValue());
	}

	private void writeHeld() {
		if (!this.held.isEmpty()) {
			this.held.drainTo(this::writeRange);
		}
	}

	private void writeRange(int first, int last) {
		Disposition disposition = new Disposition();
		disposition.setRole(this.heldRole);
		disposition.setFirst(UnsignedInteger.valueOf(first));
		disposition.setLast(UnsignedInteger.valueOf(last));
		disposition.setSettled(this.heldSettled);
		disposition.setState(this.heldState);
		super.writeFrame(this.heldChannel, disposition, null, null);
	}

}
