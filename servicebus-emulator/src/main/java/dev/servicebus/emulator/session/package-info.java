/**
 * The sessions of one line of messages: which messages and what state each of them has,
 * which of them are free, and which have something to deliver. Single-threaded:
 * everything here belongs to the broker's loop.
 */
@NullMarked
package dev.servicebus.emulator.session;

import org.jspecify.annotations.NullMarked;
