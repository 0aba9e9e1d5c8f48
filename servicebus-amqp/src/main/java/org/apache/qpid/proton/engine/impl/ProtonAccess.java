package org.apache.qpid.proton.engine.impl;

import java.util.EnumSet;

import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.transport.Attach;
import org.apache.qpid.proton.amqp.transport.Flow;
import org.apache.qpid.proton.amqp.transport.Role;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.engine.Session;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Reads and mends link state that proton-j keeps to itself and an accepting side needs.
 * It stands in this package because the accessors are visible only here; nothing else of
 * ours belongs here. (The class, not the package, is null-marked: the mark would speak
 * for the engine's own classes.)
 */
@NullMarked
public final class ProtonAccess {

	private static final EnumSet<EndpointState> ANY = EnumSet.allOf(EndpointState.class);

	private ProtonAccess() {
	}

	/**
	 * Treats a missing {@code initial-delivery-count} as 0. Some clients leave it out on
	 * request links, and the engine would fail on the first transfer.
	 */
	public static void ensureDeliveryCount(Receiver receiver) {
		TransportReceiver transportLink = ((ReceiverImpl) receiver).getTransportLink();
		if (transportLink.getDeliveryCount() == null) {
			transportLink.setDeliveryCount(UnsignedInteger.ZERO);
		}
	}

	/**
	 * Makes the engine answer a drain that found no credit, which it does not do by
	 * itself. Messages that have used the credit up and are not written yet still need it
	 * on the transport; the answer follows them. So does an answer that is not written
	 * yet, which is the one.
	 */
	public static void answerDrainWithoutCredit(Sender sender) {
		SenderImpl impl = (SenderImpl) sender;
		if (impl.getDrained() > 0) {
			return;
		}
		if (sender.getQueued() == 0) {
			impl.getTransportLink().setLinkCredit(UnsignedInteger.ZERO);
		}
		impl.setCredit(0);
		impl.setDrained(1);
		impl.modified();
	}

	/**
	 * Finds a session by the channel on which the peer speaks. This walks through all
	 * sessions.
	 * @return the session, or {@code null} if there is none
	 */
	public static @Nullable Session findSession(Connection connection, int remoteChannel) {
		for (Session session = connection.sessionHead(ANY, ANY); session != null; session = session.next(ANY, ANY)) {
			TransportSession transportSession = ((SessionImpl) session).getTransportSession();
			if (transportSession != null && transportSession.getRemoteChannel() == remoteChannel) {
				return session;
			}
		}
		return null;
	}

	/**
	 * Finds a link of a session by what the peer calls it.
	 * @return the link, or {@code null} if there is none
	 */
	public static @Nullable Link findLink(Session session, UnsignedInteger remoteHandle) {
		TransportSession transportSession = ((SessionImpl) session).getTransportSession();
		TransportLink<?> transportLink = (transportSession != null)
				? transportSession.getLinkFromRemoteHandle(remoteHandle) : null;
		return (transportLink != null) ? transportLink.getLink() : null;
	}

	/**
	 * Makes the attach that answers a peer whose detach is about to be handled. The
	 * engine sends none after that, and the peer would wait for ever.
	 */
	public static Attach answerToAbandonedAttach(Link link) {
		LinkImpl impl = (LinkImpl) link;
		TransportLink<?> transportLink = impl.getTransportLink();
		Attach attach = new Attach();
		attach.setName(link.getName());
		attach.setHandle(impl.getSession().getTransportSession().allocateLocalHandle(transportLink));
		attach.setRole((link instanceof Receiver) ? Role.RECEIVER : Role.SENDER);
		attach.setSndSettleMode(link.getRemoteSenderSettleMode());
		attach.setRcvSettleMode(link.getRemoteReceiverSettleMode());
		if (link instanceof Sender) {
			attach.setInitialDeliveryCount(UnsignedInteger.ZERO);
		}
		transportLink.sentAttach();
		return attach;
	}

	/**
	 * The channel on which frames about a link go out, or -1 while there is none.
	 */
	public static int localChannel(Link link) {
		return localChannel(link.getSession());
	}

	/**
	 * The channel on which frames about a session go out, or -1 while there is none.
	 */
	public static int localChannel(Session session) {
		TransportSession transportSession = ((SessionImpl) session).getTransportSession();
		return (transportSession != null) ? transportSession.getLocalChannel() : -1;
	}

	/**
	 * Describes the state of a link, or returns {@code null} while it is not attached.
	 */
	public static @Nullable Flow stateOf(Link link) {
		TransportLink<?> transportLink = ((LinkImpl) link).getTransportLink();
		Flow flow = stateOf(link.getSession());
		if (transportLink == null || transportLink.getLocalHandle() == null || flow == null) {
			return null;
		}
		flow.setHandle(transportLink.getLocalHandle());
		flow.setDeliveryCount(transportLink.getDeliveryCount());
		flow.setLinkCredit(transportLink.getLinkCredit());
		return flow;
	}

	/**
	 * Describes the state of a session, or returns {@code null} while it is not begun.
	 */
	public static @Nullable Flow stateOf(Session session) {
		TransportSession transportSession = ((SessionImpl) session).getTransportSession();
		if (transportSession == null || !transportSession.isLocalChannelSet()) {
			return null;
		}
		Flow flow = new Flow();
		flow.setNextIncomingId(transportSession.getNextIncomingId());
		flow.setNextOutgoingId(transportSession.getNextOutgoingId());
		transportSession.updateIncomingWindow();
		flow.setIncomingWindow(transportSession.getIncomingWindowSize());
		flow.setOutgoingWindow(transportSession.getOutgoingWindowSize());
		return flow;
	}

	/**
	 * Takes back the outcomes that were proposed and not confirmed on a link that is
	 * gone. Freeing it would settle its deliveries with them, although nobody knows any
	 * more what they are.
	 */
	public static void withdrawProposals(Link link) {
		for (DeliveryImpl delivery = ((LinkImpl) link).head(); delivery != null; delivery = delivery.getLinkNext()) {
			if (delivery.getLink() instanceof Receiver && !delivery.isSettled()) {
				delivery.disposition(null);
			}
		}
	}

}
