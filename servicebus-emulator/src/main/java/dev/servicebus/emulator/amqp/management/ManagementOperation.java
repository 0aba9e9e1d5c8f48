package dev.servicebus.emulator.amqp.management;

import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;

/**
 * One operation of a management node.
 */
interface ManagementOperation {

	/**
	 * The right that it takes.
	 */
	Right right();

	/**
	 * Carries the operation out. May throw what a
	 * {@link dev.servicebus.emulator.amqp.request.RequestHandler} may throw.
	 */
	Response perform(ManagedEntity entity, RequestBody body);

}
