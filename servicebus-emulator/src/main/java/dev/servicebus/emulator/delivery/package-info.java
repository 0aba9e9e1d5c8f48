/**
 * Messages on their way out: consumers and their demand, locks and their expiry, delivery
 * counts, settlement, and everything that happens to a waiting message by time alone.
 * Single-threaded: everything here belongs to the broker's loop.
 */
@NullMarked
package dev.servicebus.emulator.delivery;

import org.jspecify.annotations.NullMarked;
