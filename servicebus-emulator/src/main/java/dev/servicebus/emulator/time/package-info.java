/**
 * The time of the emulator: a clock that can be moved forward, and timers that follow it.
 * Single-threaded: everything here belongs to the broker's loop.
 */
@NullMarked
package dev.servicebus.emulator.time;

import org.jspecify.annotations.NullMarked;
