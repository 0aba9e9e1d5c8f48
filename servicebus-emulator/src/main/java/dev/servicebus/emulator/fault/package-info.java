/**
 * Scripted faults: where something goes wrong, what goes wrong, and when. Knows nothing
 * of AMQP; the adapter asks at each point whether a fault is due and makes it happen.
 */
@NullMarked
package dev.servicebus.emulator.fault;

import org.jspecify.annotations.NullMarked;
