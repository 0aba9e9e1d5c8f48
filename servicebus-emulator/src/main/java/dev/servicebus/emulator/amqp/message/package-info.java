/**
 * Messages between the wire and the broker: what a sender's bytes say, and the bytes that
 * a receiver gets. Sections that the broker has nothing to say about pass as they are.
 */
@NullMarked
package dev.servicebus.emulator.amqp.message;

import org.jspecify.annotations.NullMarked;
