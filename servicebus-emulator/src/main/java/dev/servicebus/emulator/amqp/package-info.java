/**
 * The broker on the wire: what Service Bus's clients find behind a port that speaks AMQP.
 * Here and below is the only place that sees AMQP types; the broker knows none.
 * Single-threaded: everything here belongs to the broker's loop.
 */
@NullMarked
package dev.servicebus.emulator.amqp;

import org.jspecify.annotations.NullMarked;
