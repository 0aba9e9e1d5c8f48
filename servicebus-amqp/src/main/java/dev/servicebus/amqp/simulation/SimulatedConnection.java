package dev.servicebus.amqp.simulation;

import java.io.IOException;

import dev.servicebus.amqp.transport.ConnectFailedException;
import dev.servicebus.amqp.transport.ConnectTarget;

/**
 * One connection of a {@link SimulatedNetwork} as seen from above, where it can be
 * broken. Faults take effect at once, between two tasks; what the two sides learn of them
 * they learn in later tasks.
 */
public final class SimulatedConnection {

	private final int number;

	private final ConnectTarget target;

	private final SimulatedChannel dialer;

	private final SimulatedChannel acceptor;

	private final Pipe toListener;

	private final Pipe toDialer;

	SimulatedConnection(int number, ConnectTarget target, SimulatedChannel dialer, SimulatedChannel acceptor,
			Wire wire) {
		this.number = number;
		this.target = target;
		this.dialer = dialer;
		this.acceptor = acceptor;
		this.toListener = new Pipe(dialer, acceptor, wire);
		this.toDialer = new Pipe(acceptor, dialer, wire);
		dialer.join(this.toDialer, this.toListener);
		acceptor.join(this.toListener, this.toDialer);
	}

	/**
	 * Counts the connections of a network, from 1.
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Where the dialer wanted to go.
	 */
	public ConnectTarget target() {
		return this.target;
	}

	/**
	 * Returns whether at least one side has not closed.
	 */
	public boolean isOpen() {
		return !this.dialer.isClosed() || !this.acceptor.isClosed();
	}

	/**
	 * Breaks the connection: both sides hear a cause, bytes that were not delivered are
	 * lost.
	 */
	public void reset() {
		IOException cause = new IOException("The connection was reset");
		this.dialer.ended(this.dialer.isConnecting()
				? new ConnectFailedException(this.target, ConnectFailedException.Reason.REFUSED, cause) : cause);
		this.acceptor.ended(cause);
	}

	/**
	 * Breaks the connection as soon as that many more bytes have been delivered one way.
	 */
	public void resetAfter(Direction direction, long bytes) {
		if (direction.includes(Direction.TO_LISTENER)) {
			this.toListener.cutAfter(bytes, this::reset);
		}
		if (direction.includes(Direction.TO_DIALER)) {
			this.toDialer.cutAfter(bytes, this::reset);
		}
	}

	/**
	 * Lets nothing through any more, neither bytes nor an end. What is held back arrives
	 * after {@link #heal()}, as TCP would send it again.
	 */
	public void blackhole(Direction direction) {
		if (direction.includes(Direction.TO_LISTENER)) {
			this.toListener.hold();
		}
		if (direction.includes(Direction.TO_DIALER)) {
			this.toDialer.hold();
		}
	}

	/**
	 * Ends {@link #blackhole}.
	 */
	public void heal() {
		this.toListener.release();
		this.toDialer.release();
	}

	SimulatedChannel dialer() {
		return this.dialer;
	}

	SimulatedChannel acceptor() {
		return this.acceptor;
	}

	@Override
	public String toString() {
		return "connection " + this.number + " to " + this.target;
	}

}
