package dev.servicebus.amqp.endpoint;

import dev.servicebus.amqp.type.Composite;

/**
 * Sees the frames of a connection, on its loop: SASL frames, performatives, and empty
 * frames, which are named {@code empty}. What a client answers in SASL, which may be a
 * password, is left out. A payload may be a token, so it does not belong into logs.
 */
public interface FrameListener {

	/**
	 * The peer has sent a frame; it is not handled yet.
	 * @param channel the channel
	 * @param performative what the frame says
	 * @param payload the rest of the frame, empty unless it is a transfer; it belongs to
	 * the callee
	 */
	void onReceived(int channel, Composite performative, byte[] payload);

	/**
	 * A frame goes to the peer.
	 * @param channel the channel
	 * @param performative what the frame says
	 * @param payload the rest of the frame, empty unless it is a transfer; it belongs to
	 * the callee
	 */
	void onSent(int channel, Composite performative, byte[] payload);

}
