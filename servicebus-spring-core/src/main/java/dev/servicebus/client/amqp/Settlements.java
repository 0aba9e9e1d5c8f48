package dev.servicebus.client.amqp;

import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.amqp.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The settlements of one source that are under way. Confined to the loop.
 */
final class Settlements {

	private final EventLoop loop;

	private final ReceiverManagement management;

	private final Runnable onEnded;

	private final Deadlines deadlines;

	private int underWay;

	/**
	 * Begins without any.
	 * @param loop the loop of the connection
	 * @param management settles what has no link any more
	 * @param onEnded runs whenever one has ended
	 */
	Settlements(EventLoop loop, ReceiverManagement management, Runnable onEnded) {
		this.loop = loop;
		this.management = management;
		this.onEnded = onEnded;
		this.deadlines = new Deadlines(loop);
	}

	EventLoop loop() {
		return this.loop;
	}

	ReceiverManagement management() {
		return this.management;
	}

	int underWay() {
		return this.underWay;
	}

	/**
	 * Settles a message that was taken out of hand: on its link, or by its lock token if
	 * that is gone.
	 */
	void start(LockedMessage locked, Settlement settlement, Completion<@Nullable Void> completion) {
		SettleOperation operation = new SettleOperation(this, locked, settlement, completion);
		this.underWay++;
		if (locked.isOnLink()) {
			this.deadlines.add(settlement.terms().timeout(), operation);
			operation.proposeOnLink();
		}
		else {
			operation.settleByToken();
		}
	}

	/**
	 * Looks for another way for what waits for an answer on a link that is gone.
	 */
	void linkLost(ReceiverLife life) {
		life.takeUnanswered().forEach(SettleOperation::answerLost);
	}

	void ended() {
		this.underWay--;
		this.onEnded.run();
	}

}
