package dev.servicebus.client.amqp;

import java.time.Duration;

import dev.servicebus.amqp.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the broker has lost a receiving link without a word, while the connection
 * is alive: a link on which something is waited for and nothing is heard is asked for its
 * state. While messages and answers come this costs nothing but a slow timer. Confined to
 * the loop.
 */
final class LinkProbe {

	/** The grain of all waiting here. */
	private static final Duration TICK = Duration.ofSeconds(5);

	/** So many ticks may pass without a message where there may be none. */
	private static final int SILENT_TICKS = 6;

	/** So many ticks may pass without an answer to a settlement. */
	private static final int UNANSWERED_TICKS = 2;

	private final EventLoop loop;

	private final Runnable onSilence;

	private int silentTicks;

	private boolean asked;

	private EventLoop.@Nullable Timer timer;

	/**
	 * Makes a probe without a link.
	 * @param loop the loop of the connection
	 * @param onSilence runs when a link has not answered
	 */
	LinkProbe(EventLoop loop, Runnable onSilence) {
		this.loop = loop;
		this.onSilence = onSilence;
	}

	void watch(ReceiverLife life) {
		end();
		heard();
		next(life);
	}

	void end() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	private void heard() {
		this.silentTicks = 0;
		this.asked = false;
	}

	private void next(ReceiverLife life) {
		this.timer = this.loop.schedule(TICK, () -> tick(life));
	}

	private void tick(ReceiverLife life) {
		next(life);
		if (life.takeHeard() || !life.isWaiting()) {
			heard();
		}
		else if (this.asked) {
			heard();
			this.onSilence.run();
		}
		else if (++this.silentTicks >= (life.hasUnanswered() ? UNANSWERED_TICKS : SILENT_TICKS)) {
			this.asked = true;
			life.echo();
		}
	}

}
