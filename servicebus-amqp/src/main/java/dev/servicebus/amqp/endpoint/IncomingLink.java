package dev.servicebus.amqp.endpoint;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.Role;

/**
 * A link that the peer wants to attach and that has not been answered. Exactly one of the
 * three answers may be given. Used only on the connection's loop.
 */
public interface IncomingLink {

	/**
	 * The session the link is to be on.
	 */
	AmqpSession session();

	/**
	 * The role this side will have: {@link Role#SENDER} if the peer wants to receive.
	 */
	Role role();

	/**
	 * What the peer said.
	 */
	Attach attach();

	/**
	 * Accepts a link on which this side sends. The settle modes of the answer are the
	 * peer's whatever {@code answer} says.
	 * @param answer termini, properties and maximal size to answer with
	 * @param listener hears what happens to the link
	 */
	SenderLink acceptSender(Attach answer, SenderLink.Listener listener);

	/**
	 * Accepts a link on which this side receives.
	 * @param answer termini, properties and maximal size to answer with
	 * @param listener hears what happens to the link
	 */
	ReceiverLink acceptReceiver(Attach answer, ReceiverLink.Listener listener);

	/**
	 * Refuses the link: answers with an attach without the decisive terminus, then a
	 * closing detach that carries {@code error}.
	 */
	void refuse(AmqpError error);

	/**
	 * Runs {@code task} if the peer takes the link back, or the session or connection
	 * ends, before an answer was given. No answer may be given after that.
	 */
	void onAbandoned(Runnable task);

}
