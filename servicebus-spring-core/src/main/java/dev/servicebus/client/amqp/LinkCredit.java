package dev.servicebus.client.amqp;

import dev.servicebus.amqp.flow.CreditWindow;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.connection.LinkKeeper;

/**
 * The credit of a source in all lives of its link: grants it, and asks the broker for the
 * rest of it. Confined to the loop.
 */
final class LinkCredit {

	private final ReceiverContext context;

	private final LinkKeeper<ReceiverLife> keeper;

	private final CreditWindow window;

	private final LinkDrain drain;

	private final LinkProbe probe;

	/** Greater than zero while no credit may be granted. */
	private int holds;

	LinkCredit(ReceiverContext context, LinkKeeper<ReceiverLife> keeper) {
		this.context = context;
		this.keeper = keeper;
		this.window = new CreditWindow(context.options().prefetch());
		this.drain = new LinkDrain(context.core().owner().loop());
		this.probe = new LinkProbe(context.core().owner().loop(), this::suspect);
	}

	/**
	 * So many messages can be used at the same time from now on.
	 */
	void demand(int messages) {
		this.window.demand(messages);
		grant();
	}

	/**
	 * The link is there.
	 */
	void linkUp(ReceiverLife life) {
		this.probe.watch(life);
		grant();
	}

	/**
	 * The link is gone, and with it all credit.
	 */
	void linkLost() {
		this.probe.end();
		this.window.linkLost();
		this.drain.end();
	}

	/**
	 * A message has come.
	 */
	void arrived() {
		this.window.arrived();
	}

	/**
	 * The slot of a message is free.
	 */
	void released() {
		this.window.released();
		grant();
	}

	/**
	 * Grants nothing until {@link #resume()}.
	 */
	void hold() {
		this.holds++;
	}

	void resume() {
		this.holds--;
		grant();
	}

	/**
	 * Asks the broker for what it has now and for the rest of the credit.
	 * @param then runs when no message can come any more; at once if none can
	 */
	void drain(Runnable then) {
		ReceiverLife life = this.keeper.current();
		if (life == null || (this.window.granted() == 0 && !this.drain.isUnderWay())) {
			this.window.linkLost();
			then.run();
			return;
		}
		this.drain.start(life, then, () -> unanswered(life));
	}

	/**
	 * The broker has not said what the link's state is. A drain is the second opinion:
	 * not every broker answers the question, but all have to answer that.
	 */
	private void suspect() {
		ReceiverLife life = this.keeper.current();
		if (this.window.granted() > 0) {
			drain(() -> {
			});
		}
		else if (life != null) {
			unanswered(life);
		}
	}

	private void unanswered(ReceiverLife life) {
		this.keeper.replace(life,
				new OperationTimeoutException(ErrorContext.of("receive", this.context.options().path())
					.withDescription("the broker does not answer on the link, which is replaced")));
	}

	/**
	 * The broker has used up its credit or given it back.
	 */
	void drained() {
		this.window.linkLost();
		this.drain.end();
		grant();
	}

	private void grant() {
		ReceiverLife life = this.keeper.current();
		if (life != null && this.holds == 0 && !this.drain.isUnderWay()) {
			int grant = this.window.topUp();
			if (grant > 0) {
				life.addCredit(grant);
			}
		}
	}

}
