package dev.servicebus.emulator.delivery;

import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.store.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A message that comes from another entity. Immutable.
 *
 * @param content the message
 * @param origin where it was before, {@code null} if it is new
 */
public record Arrival(MessageContent content, @Nullable Origin origin) {

	/**
	 * Another content that comes the same way.
	 */
	public Arrival of(MessageContent newContent) {
		return new Arrival(newContent, this.origin);
	}

}
