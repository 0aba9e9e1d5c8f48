package dev.servicebus.amqp.flow;

/**
 * Decides how much credit a receiving link grants. The one place where credit is counted.
 *
 * <p>
 * There are {@code demand + prefetch} slots. Invariants:
 * <ol>
 * <li>A slot is in exactly one of three states: free, granted (the peer may send), or in
 * hand (the message has come and is not released).</li>
 * <li>Granted plus in hand never exceed the slots that there were at the time of the
 * grant. After the demand was lowered nothing is granted until they fit again.</li>
 * <li>Without demand there are no slots: pausing is granting nothing.</li>
 * <li>Only {@link #topUp()} grants. It grants all free slots at once, and holds back
 * while fewer than half of the prefetch are free: few flow frames, and yet {@code demand}
 * slots are always granted or in hand.</li>
 * <li>What is granted belongs to one life of a link: {@link #linkLost()} forgets it, what
 * is in hand stays in hand.</li>
 * </ol>
 *
 * <p>
 * Not thread-safe: confined to the loop of its link.
 */
public final class CreditWindow {

	private final int prefetch;

	private int demand;

	private int granted;

	private int inHand;

	/**
	 * A window without demand.
	 * @param prefetch how many slots there are beside those that are asked for
	 */
	public CreditWindow(int prefetch) {
		if (prefetch < 0) {
			throw new IllegalArgumentException("prefetch must not be negative but is " + prefetch);
		}
		this.prefetch = prefetch;
	}

	/**
	 * Sets how many messages can be used at the same time; 0 pauses.
	 */
	public void demand(int messages) {
		if (messages < 0) {
			throw new IllegalArgumentException("demand must not be negative but is " + messages);
		}
		this.demand = messages;
	}

	/**
	 * Returns the credit to grant now, 0 for none, and counts it as granted.
	 */
	public int topUp() {
		int free = slots() - this.granted - this.inHand;
		if (free < Math.max(1, this.prefetch / 2)) {
			return 0;
		}
		this.granted += free;
		return free;
	}

	/**
	 * A message has come and used one granted credit. A peer that sends without credit
	 * does not make the count negative.
	 */
	public void arrived() {
		if (this.granted > 0) {
			this.granted--;
		}
		this.inHand++;
	}

	/**
	 * A message in hand was settled or given back.
	 */
	public void released() {
		if (this.inHand == 0) {
			throw new IllegalStateException("More messages were released than have arrived");
		}
		this.inHand--;
	}

	/**
	 * The peer has given back all credit it had, or the link is gone.
	 */
	public void linkLost() {
		this.granted = 0;
	}

	public int granted() {
		return this.granted;
	}

	public int inHand() {
		return this.inHand;
	}

	private int slots() {
		return (this.demand > 0) ? this.demand + this.prefetch : 0;
	}

}
