/**
 * Transactions on the wire: the links that declare and discharge them, and the states of
 * deliveries that belong to one. Single-threaded: everything here belongs to the broker's
 * loop.
 */
@NullMarked
package dev.servicebus.emulator.amqp.transaction;

import org.jspecify.annotations.NullMarked;
