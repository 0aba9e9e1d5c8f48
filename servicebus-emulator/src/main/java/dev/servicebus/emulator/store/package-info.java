/**
 * Messages at rest: what the broker knows of a message, in which state it is and who has
 * locked it, and the errors in which operations on it end. Single-threaded: everything
 * here belongs to the broker's loop.
 */
@NullMarked
package dev.servicebus.emulator.store;

import org.jspecify.annotations.NullMarked;
