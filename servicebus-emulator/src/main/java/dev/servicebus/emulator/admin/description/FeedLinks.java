package dev.servicebus.emulator.admin.description;

/**
 * The URLs by which the feed refers to entities.
 */
@FunctionalInterface
public interface FeedLinks {

	/**
	 * The URL of a queue or topic.
	 */
	String entity(String path);

}
