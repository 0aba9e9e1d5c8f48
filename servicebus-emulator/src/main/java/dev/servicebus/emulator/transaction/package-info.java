/**
 * Transactions: work on several entities that is done as a whole when its client commits,
 * or not at all. Single-threaded: everything here belongs to the broker's loop.
 */
@NullMarked
package dev.servicebus.emulator.transaction;

import org.jspecify.annotations.NullMarked;
