/**
 * Reads and writes values in the AMQP 1.0 type system (part 1 of the specification).
 */
@NullMarked
package dev.servicebus.amqp.codec;

import org.jspecify.annotations.NullMarked;
