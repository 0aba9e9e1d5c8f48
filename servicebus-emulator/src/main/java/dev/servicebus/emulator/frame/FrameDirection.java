package dev.servicebus.emulator.frame;

/**
 * Which way a frame goes.
 */
public enum FrameDirection {

	/** A client has sent it. */
	FROM_CLIENT,

	/** The emulator has sent it. */
	TO_CLIENT

}
