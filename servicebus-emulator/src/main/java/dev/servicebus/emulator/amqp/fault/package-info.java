/**
 * Makes scripted faults happen on the wire. Everything here stands between the engine and
 * the broker's adapter, which knows nothing of it: as long as no fault is scripted, calls
 * pass through. Single-threaded: belongs to the broker's loop.
 */
@NullMarked
package dev.servicebus.emulator.amqp.fault;

import org.jspecify.annotations.NullMarked;
