package dev.servicebus.emulator.entity;

import java.util.List;

import dev.servicebus.emulator.store.MessageContent;
import org.jspecify.annotations.Nullable;

/**
 * Which copies of a message a subscription gets. Asked once for every message, when it is
 * sent or, if it is scheduled, when its time has come.
 */
@FunctionalInterface
interface CopyRules {

	/**
	 * Decides on a message. Has no effect, and does not throw.
	 */
	Copies copiesOf(MessageContent message);

	/**
	 * What rules say of a message. Immutable.
	 *
	 * @param contents what the subscription gets
	 * @param failure why a rule has no result, {@code null} if none has failed
	 */
	record Copies(List<MessageContent> contents, @Nullable String failure) {

		public Copies {
			contents = List.copyOf(contents);
		}

	}

}
