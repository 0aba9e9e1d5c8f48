/**
 * proton-j behind one door: implements the contracts of
 * {@link dev.servicebus.amqp.endpoint} on the engine, and is the only package that knows
 * it. Everything here runs on the loop of its connection.
 */
@NullMarked
package dev.servicebus.amqp.engine;

import org.jspecify.annotations.NullMarked;
