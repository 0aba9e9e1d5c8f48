package dev.servicebus.emulator.frame;

import java.util.Objects;

import dev.servicebus.amqp.type.Composite;

/**
 * An AMQP frame between a client and the emulator. Immutable.
 *
 * <p>
 * What a client answers in SASL is left out. The text of a frame has the size of the
 * payload only, because a payload may be a token or a message of somebody.
 *
 * @param connection the connection, counted from 1 in the order in which clients connect
 * @param direction which way the frame goes
 * @param channel the channel of the side that has sent it
 * @param performative what it says, for example {@code attach}, by the names of the
 * standard; a frame without anything, which keeps a connection alive, is {@code empty}
 * @param payload the message, or a part of it, of a {@code transfer}; otherwise empty
 */
public record Frame(int connection, FrameDirection direction, int channel, Composite performative, byte[] payload) {

	public Frame {
		Objects.requireNonNull(direction, "direction");
		Objects.requireNonNull(performative, "performative");
		payload = payload.clone();
	}

	@Override
	public byte[] payload() {
		return this.payload.clone();
	}

	/**
	 * How many bytes of a message the frame carries.
	 */
	public int payloadSize() {
		return this.payload.length;
	}

	/**
	 * Whether it comes from a client and has a performative of this name.
	 */
	public boolean isFromClient(String name) {
		return this.direction == FrameDirection.FROM_CLIENT && this.performative.name().equals(name);
	}

	@Override
	public String toString() {
		String arrow = (this.direction == FrameDirection.FROM_CLIENT) ? " <- " : " -> ";
		String size = (this.payload.length > 0) ? " (" + this.payload.length + " bytes)" : "";
		return "[" + this.connection + ":" + this.channel + "]" + arrow + this.performative + size;
	}

}
