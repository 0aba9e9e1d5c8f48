/**
 * The namespace with its entities: names, addresses, options, and what each entity admits
 * in its present status. This is the door through which adapters reach the broker.
 * Single-threaded: everything here belongs to the broker's loop.
 */
@NullMarked
package dev.servicebus.emulator.entity;

import org.jspecify.annotations.NullMarked;
