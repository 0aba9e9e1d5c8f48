package dev.servicebus.topology;

/**
 * What to do about the entities that an application needs before it uses them.
 */
public enum TopologyMode {

	/** Nothing: somebody else sees to them. */
	NONE,

	/** Look whether they are there and as declared, and fail if they are not. */
	VALIDATE,

	/**
	 * Make those that are missing, and fail if others are not as declared. What is there
	 * is never changed.
	 */
	CREATE

}
