package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.servicebus.amqp.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Asks a broker for what it has now and for the rest of the credit, and tells those who
 * wait for that. One question at a time serves all of them. Confined to the loop.
 */
final class LinkDrain {

	/** A broker answers a drain at once; one that does not has lost the link. */
	static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final EventLoop loop;

	private final List<Runnable> waiting = new ArrayList<>();

	private EventLoop.@Nullable Timer timer;

	LinkDrain(EventLoop loop) {
		this.loop = loop;
	}

	/**
	 * Returns whether the broker has been asked and has not answered.
	 */
	boolean isUnderWay() {
		return !this.waiting.isEmpty();
	}

	/**
	 * Asks, unless that has been done.
	 * @param life the link
	 * @param then runs when no message can come any more
	 * @param onTimeout runs when the broker does not answer
	 */
	void start(ReceiverLife life, Runnable then, Runnable onTimeout) {
		this.waiting.add(then);
		if (this.waiting.size() == 1) {
			this.timer = this.loop.schedule(TIMEOUT, onTimeout);
			life.drain();
		}
	}

	/**
	 * The broker has answered, or the link is gone.
	 */
	void end() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
		List<Runnable> tasks = List.copyOf(this.waiting);
		this.waiting.clear();
		tasks.forEach(Runnable::run);
	}

}
