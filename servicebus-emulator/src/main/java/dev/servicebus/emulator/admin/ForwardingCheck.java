package dev.servicebus.emulator.admin;

import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * Refuses options under which messages would go on to where nothing is.
 */
final class ForwardingCheck {

	private final Namespace namespace;

	ForwardingCheck(Namespace namespace) {
		this.namespace = namespace;
	}

	/**
	 * Checks the targets that are new.
	 * @param path the entity that shall forward
	 * @param before its options so far, the defaults if it is new
	 * @param after its options to be
	 */
	void check(String path, EntityOptions before, EntityOptions after) {
		check(path, before.forwardTo(), after.forwardTo());
		check(path, before.forwardDeadLetteredMessagesTo(), after.forwardDeadLetteredMessagesTo());
	}

	private void check(String path, @Nullable String before, @Nullable String after) {
		if (after == null || after.equals(before)) {
			return;
		}
		if (after.equalsIgnoreCase(path)) {
			throw FeedException.badRequest("The entity '" + path + "' cannot forward messages to itself.");
		}
		if (this.namespace.findQueue(after) == null && this.namespace.findTopic(after) == null) {
			throw new FeedException(400, 40400,
					"The auto forwarding destination entity '" + after + "' does not exist. Create it first.");
		}
	}

}
