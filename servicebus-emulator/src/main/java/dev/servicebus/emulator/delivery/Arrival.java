package dev.servicebus.emulator.delivery;

import java.time.Duration;

import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.store.Origin;

/**
 * A message that comes from another entity. Immutable.
 *
 * @param content the message
 * @param origin where it was before
 * @param longestLife how long it may live at most, whatever its sender asked for
 */
public record Arrival(MessageContent content, Origin origin, Duration longestLife) {

	/**
	 * Another content that comes the same way.
	 */
	public Arrival of(MessageContent newContent) {
		return new Arrival(newContent, this.origin, this.longestLife);
	}

	/**
	 * The same message with a life that is at most so long.
	 */
	public Arrival livingAtMost(Duration limit) {
		return (limit.compareTo(this.longestLife) < 0) ? new Arrival(this.content, this.origin, limit) : this;
	}

	/**
	 * How long the message shall live.
	 */
	Duration timeToLive() {
		Duration requested = this.content.timeToLive();
		return (requested != null && requested.compareTo(this.longestLife) < 0) ? requested : this.longestLife;
	}

}
