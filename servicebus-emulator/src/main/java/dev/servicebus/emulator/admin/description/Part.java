package dev.servicebus.emulator.admin.description;

import dev.servicebus.emulator.admin.atom.XmlWriter;

/**
 * One element of a description.
 */
@FunctionalInterface
interface Part {

	/**
	 * Writes the element, or nothing if the entity has no such thing.
	 */
	void write(DescribedEntity entity, FeedLinks links, XmlWriter xml);

}
